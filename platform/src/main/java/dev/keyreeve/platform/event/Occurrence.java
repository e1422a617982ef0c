package dev.keyreeve.platform.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event with its place in the workspace's feed.
///
/// @param seq 1 for the first, without gaps
/// @param parentSeq the number of the event that brought this one about, or null
public record Occurrence(long seq, String id, Instant at, Event event, @Nullable Long parentSeq) {}
