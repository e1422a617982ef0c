/// Bearer secrets that are shown once and kept as digests: of sessions, invitations and resets.
///
/// Start with [dev.keyreeve.platform.token.Token].
@NullMarked
package dev.keyreeve.platform.token;

import org.jspecify.annotations.NullMarked;
