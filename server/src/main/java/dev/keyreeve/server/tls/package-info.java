/// The server's certificate: read from PEM files, checked, and read again when they change.
///
/// Start with [dev.keyreeve.server.tls.Identity].
@NullMarked
package dev.keyreeve.server.tls;

import org.jspecify.annotations.NullMarked;
