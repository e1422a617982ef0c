package dev.keyreeve.directdebit.collection;

import dev.keyreeve.procedure.shape.Unwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A collection with its presentations.
///
/// @param attempts the first one first
/// @param clawback the latest claim, if the payer claims or claimed it back
record CollectionDetails(
    @Unwrapped CollectionView collection,
    List<AttemptView> attempts,
    @Nullable ClawbackView clawback) {}
