/// How much keys are used: requests in their whole life, when each secret was used last, and calls
/// by minute, hour and day.
///
/// Start with [dev.keyreeve.platform.usage.Usage], which is asked, and
/// [dev.keyreeve.platform.usage.UsageCounts], which counts.
@NullMarked
package dev.keyreeve.platform.usage;

import org.jspecify.annotations.NullMarked;
