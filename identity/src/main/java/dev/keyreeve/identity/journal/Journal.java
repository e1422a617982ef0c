package dev.keyreeve.identity.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every call of this start of this node, in the order in which they ended.
///
/// Writing is a copy into mapped memory and one release store: it takes no lock, waits for nothing
/// and touches no disk. What was written is there when the process is killed; a loss of power costs
/// what was written in the last second or so.
///
/// There is room for so much. As it fills up, refusals are lost first; an admitted call that finds
/// no room is lost for the request log alone, for it is summed up and counts. Requests of unknown
/// callers are bounded in rate too. What is lost is counted, in the file.
///
/// Threads: any may append. One thread of its own makes places ready and forces pages to the disk;
/// one other, the drain, reads.
public final class Journal implements Source, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private static final String SUFFIX = ".calls";
  private static final String UNREADABLE = ".unreadable";

  /// Blocks that are ready beyond the one that is being written.
  private static final int AHEAD = 2;

  /// Whatever else takes up the room, there is this much for what is written now.
  private static final int LEAST_BLOCKS = AHEAD + 2;

  private static final Duration FORCED_EVERY = Duration.ofSeconds(1);

  private final Bounds bounds;
  private final JournalFile file;
  private final List<Leftover> leftovers;
  private final Places places;
  private final int records;
  private final Block[] table;
  private final Sums sums = new Sums();
  private final AtomicLong unknownInSecond = new AtomicLong();
  private final Thread keeper;
  private volatile long leftoverBytes;
  private volatile boolean closed;

  private long firstBlock;
  private boolean isFull;

  // Of the keeper alone.
  private long forcedTo;

  /// How much is kept.
  ///
  /// @param bytes on the disk, of all starts together; a start has room for its first four blocks
  ///   however much is left of others
  /// @param unknownPerSecond requests of unknown callers that are written down in a second
  /// @param recordsInBlock by how many records the file grows
  public record Bounds(long bytes, int unknownPerSecond, int recordsInBlock) {
    /// 256 MiB, which is two million calls, and 1000 unknown callers a second.
    public static final Bounds USUAL = new Bounds(256L * 1024 * 1024, 1000, 8192);

    int blocks(long bytesTaken) {
      long room = bytes - bytesTaken - JournalFile.BEFORE_BLOCKS;
      return (int) Math.max(LEAST_BLOCKS, room / Block.bytes(recordsInBlock));
    }
  }

  private Journal(Bounds bounds, JournalFile file, List<Leftover> leftovers) {
    this.bounds = bounds;
    this.file = file;
    this.leftovers = leftovers;
    this.records = bounds.recordsInBlock();
    this.table = new Block[bounds.blocks(0)];
    this.leftoverBytes = leftovers.stream().mapToLong(Leftover::bytes).sum();
    this.places = new Places(0);
    makeReady();
    this.keeper = Thread.ofPlatform().name("journal").daemon().unstarted(this::keep);
  }

  /// Begins a journal, and finds what earlier starts left behind. A file that cannot be read is set
  /// aside, under another name.
  ///
  /// @param folder for journals alone
  public static Journal open(Path folder, Bounds bounds, InstantSource clock) throws IOException {
    var leftovers = new ArrayList<Leftover>();
    try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (var path : files) {
        try {
          leftovers.add(Leftover.open(path));
        } catch (IOException damaged) {
          var aside = path.resolveSibling(path.getFileName() + UNREADABLE);
          Files.move(path, aside);
          log.error("the journal {} is set aside: {}", aside, damaged.getMessage());
        }
      }
    }
    var id = new byte[16];
    new SecureRandom().nextBytes(id);
    var source = HexFormat.of().formatHex(id);
    var path = folder.resolve(clock.millis() + "-" + source + SUFFIX);
    var file = JournalFile.create(path, source, bounds.recordsInBlock());
    var journal = new Journal(bounds, file, leftovers);
    journal.keeper.start();
    return journal;
  }

  /// Writes down a call. Never waits, and never fails: what does not fit is counted as lost.
  public void append(Entry entry) {
    if (closed) return;

    boolean ofNobody = entry.isOfNobody();
    if (ofNobody && !isWithinRate(entry.atMillis())) {
      file.lose(true, entry.calls(), entry.atMillis());
      return;
    }
    boolean entitled = entry.kind() != Entry.Kind.REFUSED && !ofNobody;
    if (write(entry, entitled)) return;

    file.lose(ofNobody, entry.calls(), entry.atMillis());
    if (entitled) sums.add(entry);
  }

  private boolean write(Entry entry, boolean entitled) {
    long place = places.reserve(entitled);
    if (place == Places.NONE) return false;

    block(place).write(place, entry);
    // The first of a block tells the keeper that another one is wanted.
    if (place % records == 0) LockSupport.unpark(keeper);
    return true;
  }

  /// At most so many in a second. A clock that is set back begins no second anew.
  private boolean isWithinRate(long atMillis) {
    long second = atMillis / 1000;
    while (true) {
      long seen = unknownInSecond.get();
      long changed = second > seen >>> 24 ? second << 24 | 1 : seen + 1;
      if ((changed & 0xffffff) > bounds.unknownPerSecond()) return false;
      if (unknownInSecond.compareAndSet(seen, changed)) return true;
    }
  }

  private Block block(long place) {
    return table[(int) (place / records % table.length)];
  }

  private void keep() {
    long forced = System.nanoTime();
    while (!closed) {
      try {
        makeReady();
        long since = System.nanoTime() - forced;
        if (since >= FORCED_EVERY.toNanos()) {
          force();
          forced = System.nanoTime();
        }
      } catch (RuntimeException failure) {
        log.error("the journal could not be kept, and is tried again", failure);
      }
      LockSupport.parkNanos(this, FORCED_EVERY.toNanos());
    }
  }

  /// Lets writers have blocks ahead of what they have written: those that have been read, or new
  /// ones.
  private synchronized void makeReady() {
    int most = bounds.blocks(leftoverBytes);
    // The last quarter is for the calls that were admitted.
    places.allot((long) most * records * 3 / 4);
    long end = places.open() / records;
    while (end * records - places.next() < (long) AHEAD * records) {
      var block = spare(most);
      if (block == null) return;
      block.become(end);
      table[(int) (end % table.length)] = block;
      end++;
      places.openTo(end * records);
    }
  }

  private @Nullable Block spare(int most) {
    if (firstBlock < places.read() / records) {
      return table[(int) (firstBlock++ % table.length)];
    }
    if (file.blocks() >= most) return null;
    try {
      var block = file.grow();
      isFull = false;
      return block;
    } catch (IOException e) {
      if (!isFull) log.error("the disk has no room for the journal {}", file.path(), e);
      isFull = true;
      return null;
    }
  }

  private void force() {
    long next = places.next();
    if (next > forcedTo) {
      for (long block = forcedTo / records; block <= (next - 1) / records; block++) {
        if (block >= firstBlock) table[(int) (block % table.length)].force();
      }
      forcedTo = next;
    }
    file.forceHead();
  }

  @Override
  public String id() {
    return file.source();
  }

  @Override
  public Batch read(long from, int most) {
    long to = places.readableFrom(from, most, place -> block(place).isPublished(place));
    var entries = new ArrayList<Entry>();
    for (long place = from; place < to; place++) {
      var entry = block(place).read(place);
      if (entry == null) {
        log.error("record {} of the journal {} is damaged and lost", place, file.path());
      } else {
        entries.add(entry);
      }
    }
    return new Batch(entries, to);
  }

  @Override
  public void release(long to) {
    places.release(to);
    LockSupport.unpark(keeper);
  }

  /// What earlier starts left behind, as far as it is not merged yet.
  List<Leftover> leftovers() {
    return leftovers;
  }

  /// A leftover has been merged, and is no more.
  void forget(Leftover merged) {
    merged.delete();
    leftovers.remove(merged);
    leftoverBytes = leftovers.stream().mapToLong(Leftover::bytes).sum();
    LockSupport.unpark(keeper);
  }

  /// Writes down the sums of what found no room, as far as there is room now.
  void writeSums() {
    if (sums.isEmpty()) return;
    makeReady();
    sums.handTo(sum -> write(sum, true));
  }

  /// Whether there is something that the drain has not read.
  boolean hasUnread() {
    return places.next() > places.read();
  }

  /// How many records can be written at once before more places must be made ready.
  long placesReady() {
    return places.open() - places.next();
  }

  /// Whether no more places can be made ready before some are given back.
  boolean isAtItsBound() {
    return places.open() - places.read() >= (long) bounds.blocks(leftoverBytes) * records;
  }

  /// How many records wait for the drain, of this start.
  public long depth() {
    return places.next() - places.read();
  }

  /// What was lost since this start.
  @Override
  public Loss loss() {
    return file.loss();
  }

  /// Ends it. What the drain has not read is there at the next start; if there is nothing, the file
  /// goes. Nobody appends any more.
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    LockSupport.unpark(keeper);
    try {
      keeper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writeSums();
    boolean isRead = !hasUnread() && sums.isEmpty();
    if (!isRead) force();
    file.close();
    leftovers.forEach(Leftover::close);
    try {
      if (isRead) Files.deleteIfExists(file.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
