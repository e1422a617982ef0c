package dev.keyreeve.identity.requestlog;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the request log, newest first.
///
/// @param nextCursor names the next page; absent on the last
/// @param lost calls in the range that could not be written down, whoever made them: some of them
///   may be missing here
/// @param lostOfUnknown requests of unknown callers in the range beyond those of a second that are
///   written down; told to the command line alone
@SnakeCase
public record LogPage(
    List<LogEntry> items, @Nullable String nextCursor, long lost, @Nullable Long lostOfUnknown) {}
