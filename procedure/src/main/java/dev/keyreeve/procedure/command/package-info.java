/// The command line as data: commands that are made from what procedures declare. Which library
/// reads the line, and how a server is reached, is for the server to know.
///
/// Start with [dev.keyreeve.procedure.command.Command] and [dev.keyreeve.procedure.command.Flag].
@NullMarked
package dev.keyreeve.procedure.command;

import org.jspecify.annotations.NullMarked;
