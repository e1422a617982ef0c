/// What a decision, a key and a request cost, measured beside peers, and a year of mandates.
/// Nothing here is shipped.
///
/// Start with [dev.keyreeve.benchmark.Main], which `./keyreeve benchmark` runs.
@NullMarked
package dev.keyreeve.benchmark;

import org.jspecify.annotations.NullMarked;
