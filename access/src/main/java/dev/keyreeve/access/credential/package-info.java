/// What a caller shows to prove who it is, and the form in which the server remembers it.
///
/// Start with [dev.keyreeve.access.credential.KeyToken], the text of an API key; a
/// [dev.keyreeve.access.credential.Pepper] turns it into the digest that is stored.
@NullMarked
package dev.keyreeve.access.credential;

import org.jspecify.annotations.NullMarked;
