/// Signing in and staying signed in: sessions, their ends, and the throttle of failed attempts.
///
/// Start with [dev.keyreeve.identity.session.SignIn], the one way to a new session, and
/// [dev.keyreeve.identity.session.Sessions].
@NullMarked
package dev.keyreeve.identity.session;

import org.jspecify.annotations.NullMarked;
