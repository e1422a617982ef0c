/// Replacing the key of the sealed columns: which keys a database knows, when a new one comes into
/// use, and how what the older ones sealed is moved to it. Open
/// [KnownFieldKeys][dev.keyreeve.platform.fieldkey.KnownFieldKeys] first.
@NullMarked
package dev.keyreeve.platform.fieldkey;

import org.jspecify.annotations.NullMarked;
