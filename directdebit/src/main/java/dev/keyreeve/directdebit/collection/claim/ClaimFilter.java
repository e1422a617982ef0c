package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.platform.tenancy.InWorkspace;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which claims to list, newest first.
///
/// @param challengeBefore only those whose deadline is before this day
/// @param unmatched whether only those of which nobody knows the debit
/// @param flagged whether only those that ended a mandate and that nobody has looked at
/// @param limit 50 unless said
/// @param cursor the `next_cursor` of the page before
@SnakeCase
record ClaimFilter(
    @Nullable @Text(max = 40) String workspaceId,
    @Nullable @Items(min = 1, max = 8) List<ClaimStatus> status,
    @Nullable @Text(max = 40) String collectionId,
    @Nullable @Text(max = 40) String mandateId,
    @Nullable @Text(max = 200, plain = true) String assignee,
    @Nullable LocalDate challengeBefore,
    @Nullable Boolean unmatched,
    @Nullable Boolean flagged,
    @Nullable @Range(min = 1, max = 200) Integer limit,
    @Nullable @Text(max = 100) String cursor)
    implements InWorkspace {}
