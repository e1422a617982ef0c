package dev.keyreeve.procedure.command;

import java.io.InputStream;
import java.io.PrintWriter;

/// Where a command was typed.
///
/// @param json whether the answer is for a program, which gets it as the server gave it
/// @param in what is typed after the command, or piped into it
/// @param out for the answer
/// @param err for what is told on the way
public record Terminal(boolean json, InputStream in, PrintWriter out, PrintWriter err) {}
