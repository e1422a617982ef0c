/// What a call presents to say who is calling, before anybody has looked it up. Secrets live in a
/// type of their own, which neither prints nor serialises them. Open
/// [dev.keyreeve.access.credential.Credential] first.
@NullMarked
package dev.keyreeve.access.credential;

import org.jspecify.annotations.NullMarked;
