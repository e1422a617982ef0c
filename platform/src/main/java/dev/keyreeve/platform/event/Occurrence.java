package dev.keyreeve.platform.event;

import java.time.Instant;

/// An event with its place in the workspace's feed.
///
/// @param seq 1 for the first, without gaps
public record Occurrence(long seq, String id, Instant at, Event event) {}
