package dev.keyreeve.platform.audit;

import dev.keyreeve.procedure.shape.SnakeCase;
import org.jspecify.annotations.Nullable;

/// What came of looking at a chain.
///
/// @param entries how many there are
/// @param signed number of the last entry that a good checkpoint vouches for, 0 if none does
/// @param flaw absent if all is well
@SnakeCase
public record Verdict(String chain, long entries, long signed, @Nullable Flaw flaw) {}
