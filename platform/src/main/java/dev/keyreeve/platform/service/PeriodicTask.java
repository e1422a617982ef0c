package dev.keyreeve.platform.service;

import java.time.Duration;

/// What each node does again and again. It must bear being done twice, and by two nodes at once.
///
/// @param period between two times
/// @param name what is done, for the log: `import mandates`
public record PeriodicTask(Duration period, String name, Runnable work) {}
