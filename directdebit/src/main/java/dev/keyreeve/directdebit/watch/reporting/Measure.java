package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.procedure.shape.Unwrapped;

/// A ratio of numbers of things, and beside it the same of what they add up to in pence.
record Measure(@Unwrapped Ratio byCount, Ratio byValue) {}
