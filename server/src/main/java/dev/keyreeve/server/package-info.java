/// The command line.
///
/// Start with [dev.keyreeve.server.Keyreeve]; a running server is
/// [dev.keyreeve.server.node.Server].
@NullMarked
package dev.keyreeve.server;

import org.jspecify.annotations.NullMarked;
