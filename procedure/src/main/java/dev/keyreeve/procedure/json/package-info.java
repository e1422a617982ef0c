/// Reads JSON that a stranger sent. Size, depth, count, encoding and duplicate names are settled
/// here, so that what comes out is safe to walk. Open [JsonText] first.
@NullMarked
package dev.keyreeve.procedure.json;

import org.jspecify.annotations.NullMarked;
