/// JSON, read and written. That of a stranger is read by [JsonText]: size, depth, count, encoding
/// and duplicate names are settled there, so that what comes out is safe to walk. What we write
/// ourselves and read back goes through [Json].
@NullMarked
package dev.keyreeve.procedure.json;

import org.jspecify.annotations.NullMarked;
