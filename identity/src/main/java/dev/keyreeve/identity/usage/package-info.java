/// How much keys are used: requests in their whole life, when each secret was used last, and calls
/// by minute, hour and day.
///
/// Start with [dev.keyreeve.identity.usage.Usage], which is asked, and
/// [dev.keyreeve.identity.usage.UsageCounts], which counts.
@NullMarked
package dev.keyreeve.identity.usage;

import org.jspecify.annotations.NullMarked;
