/// What is measured of a running server, for Prometheus to read.
///
/// Start with [dev.keyreeve.server.metrics.Meters].
@NullMarked
package dev.keyreeve.server.metrics;

import org.jspecify.annotations.NullMarked;
