/// People who can sign in: their e-mail address, name and password.
///
/// Start with [dev.keyreeve.identity.person.People]; what a password must be like is in
/// [dev.keyreeve.identity.person.PasswordRules], how one is kept in
/// [dev.keyreeve.identity.person.PasswordHashes].
@NullMarked
package dev.keyreeve.identity.person;

import org.jspecify.annotations.NullMarked;
