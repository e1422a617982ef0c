package dev.keyreeve.directdebit.rail.gocardless;

import java.time.Duration;

/// Lets time pass between two tries.
@FunctionalInterface
public interface Pause {

  Pause SLEEP = Thread::sleep;

  void last(Duration length) throws InterruptedException;
}
