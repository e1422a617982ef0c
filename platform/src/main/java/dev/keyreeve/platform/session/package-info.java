/// Signing in and staying signed in: sessions, their ends, and the throttle of failed attempts.
///
/// Start with [dev.keyreeve.platform.session.SignIn], the one way to a new session, and
/// [dev.keyreeve.platform.session.Sessions].
@NullMarked
package dev.keyreeve.platform.session;

import org.jspecify.annotations.NullMarked;
