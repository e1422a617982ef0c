package dev.keyreeve.identity.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal of an earlier start, which ended before all of it was merged. A place that was
/// reserved and never published is passed over: its call was never answered.
///
/// Threads: used by the drain alone.
final class Leftover implements Source, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Leftover.class);

  private final JournalFile file;

  /// The blocks that were in use, by the number of the run of places that they hold.
  private final TreeMap<Long, Block> blocks = new TreeMap<>();

  private long read;
  private long damaged;

  private Leftover(JournalFile file) throws IOException {
    this.file = file;
    for (int i = 0; i < file.blocks(); i++) {
      var block = file.block(i);
      if (block.number() >= 0) blocks.put(block.number(), block);
    }
  }

  /// @throws JournalFile.Unreadable if it is damaged
  static Leftover open(Path path) throws IOException {
    var file = JournalFile.open(path);
    try {
      return new Leftover(file);
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  @Override
  public String id() {
    return file.source();
  }

  @Override
  public Batch read(long from, int most) {
    var entries = new ArrayList<Entry>();
    int records = file.records();
    long to = from;
    for (var each : blocks.tailMap(from / records).entrySet()) {
      long end = (each.getKey() + 1) * records;
      for (to = Math.max(to, each.getKey() * records); to < end; to++) {
        if (entries.size() == most) return new Batch(entries, to);
        if (each.getValue().isPublished(to)) add(each.getValue(), to, entries);
      }
    }
    return new Batch(entries, to);
  }

  private void add(Block block, long place, List<Entry> entries) {
    var entry = block.read(place);
    if (entry == null) {
      damaged++;
    } else {
      entries.add(entry);
    }
  }

  @Override
  public Loss loss() {
    return file.loss();
  }

  @Override
  public void release(long to) {
    read = to;
  }

  /// Whether all of it has been merged.
  boolean isDone() {
    return blocks.isEmpty() || read >= (blocks.lastKey() + 1) * file.records();
  }

  /// How many places there may still be something in.
  long depth() {
    return blocks.isEmpty() ? 0 : Math.max(0, (blocks.lastKey() + 1) * file.records() - read);
  }

  long bytes() {
    return file.bytes();
  }

  /// Takes it from the disk, once all of it has been merged.
  void delete() {
    if (damaged > 0) {
      log.warn("{} records of the journal {} were damaged and are lost", damaged, file.path());
    }
    close();
    try {
      Files.deleteIfExists(file.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
