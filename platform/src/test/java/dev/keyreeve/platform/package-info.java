/// What tests of this module, and of those above it, stand on.
///
/// Start with [dev.keyreeve.platform.TestPlatform].
@NullMarked
package dev.keyreeve.platform;

import org.jspecify.annotations.NullMarked;
