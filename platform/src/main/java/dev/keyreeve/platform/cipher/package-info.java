/// Encryption of single columns, and keyed fingerprints to find equal values without reading them.
/// The keys live in one owner-only file of the data directory; a database without it tells nothing.
/// Open [FieldCipher][dev.keyreeve.platform.cipher.FieldCipher] first.
@NullMarked
package dev.keyreeve.platform.cipher;

import org.jspecify.annotations.NullMarked;
