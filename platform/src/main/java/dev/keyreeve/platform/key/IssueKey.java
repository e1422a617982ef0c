package dev.keyreeve.platform.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param api the brand of the API that the key opens, such as `dd`
/// @param environment must be the workspace's own, which it is unless said
/// @param limit calls a minute; 60 unless said
/// @param expiresAt must lie ahead
public record IssueKey(
    @Text(max = 40) String workspaceId,
    @Text(max = 12) String api,
    @Nullable Environment environment,
    @Text(min = 1, max = 100) String name,
    @Items(min = 1, max = 50) List<Scope> scopes,
    @Nullable @Range(min = 1, max = 600) Integer limit,
    @Nullable Instant expiresAt) {}
