/// The words of the command line, each a small client of a running server, and `serve`, which runs
/// one.
///
/// Start with [dev.keyreeve.server.command.ServeCommand] or
/// [dev.keyreeve.server.command.KeysCommand].
@NullMarked
package dev.keyreeve.server.command;

import org.jspecify.annotations.NullMarked;
