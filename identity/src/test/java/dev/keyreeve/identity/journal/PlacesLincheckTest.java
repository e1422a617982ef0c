package dev.keyreeve.identity.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Every interleaving of writers, of the keeper and of the reader, as far as a few seconds go.
@Isolated("Lincheck rewrites classes while they run.")
final class PlacesLincheckTest {
  private static final int ITERATIONS = Boolean.getBoolean("keyreeve.long") ? 30 : 5;
  private static final int INVOCATIONS = Boolean.getBoolean("keyreeve.long") ? 5000 : 500;

  @Test
  void handsOutPlacesAsIfOneAfterTheOther() {
    options().sequentialSpecification(OneAfterTheOther.class).check(Reserving.class);
  }

  @Test
  void losesNoRecordAndReadsNoneInPart() {
    options().sequentialSpecification(Nothing.class).check(Publishing.class);
  }

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(0)
        .iterations(ITERATIONS)
        .invocationsPerIteration(INVOCATIONS)
        .minimizeFailedScenario(false);
  }

  /// What the places are tried by: three for all and one for the entitled, one more at a time.
  public static final class Reserving {
    private final Places places = new Places(2);
    private long open;
    private long read;

    public Reserving() {
      openMore();
      openMore();
      openMore();
    }

    @Operation
    public long reserve() {
      return places.reserve(false);
    }

    @Operation
    public long reserveAsEntitled() {
      return places.reserve(true);
    }

    @Operation(nonParallelGroup = "keeper")
    public void openMore() {
      places.openTo(++open);
    }

    @Operation(nonParallelGroup = "reader")
    public void release() {
      if (read < places.next()) places.release(++read);
    }
  }

  /// What the places are, for one thread.
  public static final class OneAfterTheOther {
    private long next;
    private long open = 3;
    private long read;

    public long reserve() {
      return next < Math.min(open, read + 2) ? next++ : Places.NONE;
    }

    public long reserveAsEntitled() {
      return next < open ? next++ : Places.NONE;
    }

    public void openMore() {
      open++;
    }

    public void release() {
      if (read < next) read++;
    }
  }

  /// A journal of two words a record, in the memory of Java, where interleavings can be chosen. The
  /// words are plain, and only the mark is written with release semantics, as in a block.
  public static final class Publishing {
    private static final int ROOM = 16;

    private final Places places = new Places(ROOM);
    private final long[] words = new long[2 * ROOM];
    private final AtomicLongArray marks = new AtomicLongArray(ROOM);
    private final ConcurrentLinkedQueue<Long> written = new ConcurrentLinkedQueue<>();
    private final List<Long> seen = new ArrayList<>();
    private long read;

    public Publishing() {
      places.openTo(ROOM);
    }

    @Operation
    public void append() {
      long place = places.reserve(true);
      int at = (int) place;
      words[2 * at] = place + 100;
      words[2 * at + 1] = -(place + 100);
      marks.setRelease(at, place + 1);
      written.add(place + 100);
    }

    @Operation(nonParallelGroup = "reader")
    public void read() {
      long end =
          places.readableFrom(read, ROOM, place -> marks.getAcquire((int) place) == place + 1);
      while (read < end) {
        int at = (int) read++;
        if (words[2 * at] != -words[2 * at + 1]) throw new IllegalStateException("half a record");
        seen.add(words[2 * at]);
      }
      places.release(read);
    }

    @Validate
    public void everyRecordIsReadOnce() {
      read();
      var expected = written.stream().sorted().toList();
      if (!seen.equals(expected)) throw new IllegalStateException(seen + " of " + expected);
    }
  }

  /// Appending and reading answer nothing.
  public static final class Nothing {
    public void append() {}

    public void read() {}
  }
}
