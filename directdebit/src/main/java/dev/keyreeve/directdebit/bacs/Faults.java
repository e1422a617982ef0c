package dev.keyreeve.directdebit.bacs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The faults found so far in a file that is being read. Only the first hundred are kept: what has
/// more is not what it claims to be.
public final class Faults {

  private static final int MOST = 100;

  private final List<Fault> faults = new ArrayList<>();

  public void add(int line, String problem) {
    if (faults.size() < MOST) faults.add(new Fault(line, problem));
  }

  public boolean isEmpty() {
    return faults.isEmpty();
  }

  /// The refusal for these faults.
  ///
  /// @throws IllegalArgumentException if there are none
  public <T> Reading<T> refusal() {
    return new Reading.Refused<>(
        faults.stream().sorted(Comparator.comparingInt(Fault::line)).toList());
  }
}
