/// People who can sign in: their e-mail address, name and password.
///
/// Start with [dev.keyreeve.platform.person.People]; what a password must be like is in
/// [dev.keyreeve.platform.person.PasswordRules], how one is kept in
/// [dev.keyreeve.platform.person.PasswordHashes].
@NullMarked
package dev.keyreeve.platform.person;

import org.jspecify.annotations.NullMarked;
