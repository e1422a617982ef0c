/// HTTP without an HTTP library: the one reading of a request that every later step uses, and the
/// reply to it. What two programs could read in two ways is refused here and never repaired. Open
/// [dev.keyreeve.procedure.http.CanonicalRequest] first.
@NullMarked
package dev.keyreeve.procedure.http;

import org.jspecify.annotations.NullMarked;
