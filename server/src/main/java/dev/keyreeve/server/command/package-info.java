/// The command line: `serve` and what needs no running server, and, made by
/// [dev.keyreeve.server.command.Words], the commands that rooms declare to be calls of one. Only
/// this room knows picocli.
///
/// Start with [dev.keyreeve.server.command.Words] or [dev.keyreeve.server.command.ServeCommand].
@NullMarked
package dev.keyreeve.server.command;

import org.jspecify.annotations.NullMarked;
