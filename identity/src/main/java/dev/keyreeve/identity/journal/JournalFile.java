package dev.keyreeve.identity.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The file of one start of a node: a head, the names that its records refer to, and blocks of
/// records, which are added as they are needed and never taken away.
final class JournalFile implements AutoCloseable {
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG.withOrder(LITTLE_ENDIAN);
  private static final VarHandle WORDS = WORD.varHandle();

  private static final long MAGIC = 0x314c4c4143524b2eL; // ".KRCALL1"
  private static final long VERSION = 1;

  private static final long AT_MAGIC = 0;
  private static final long AT_VERSION = 8;
  private static final long AT_RECORDS = 16;
  private static final long AT_SOURCE = 24;
  private static final int SOURCE_BYTES = 32;
  private static final long AT_CHECK = AT_SOURCE + SOURCE_BYTES;
  private static final long AT_LOST_FULL = 128;
  private static final long AT_LOST_UNKNOWN = 136;
  private static final long AT_LOST_MILLIS = 144;

  private static final int HEAD = 4096;
  private static final int NAMES = Names.MOST * Names.SLOT;

  /// Bytes before the first block.
  static final int BEFORE_BLOCKS = HEAD + NAMES;

  private static final int MOST_RECORDS = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final Arena arena;
  private final MemorySegment head;
  private final String source;
  private final int records;
  private final Names names;
  private int blocks;

  private JournalFile(
      Path path, FileChannel channel, Arena arena, MemorySegment head, int blocks, int records) {
    this.path = path;
    this.channel = channel;
    this.arena = arena;
    this.head = head;
    this.blocks = blocks;
    this.records = records;
    this.source =
        new String(head.asSlice(AT_SOURCE, SOURCE_BYTES).toArray(ValueLayout.JAVA_BYTE), US_ASCII);
    this.names = new Names(head.asSlice(HEAD, NAMES));
  }

  /// A file that cannot be read as a journal.
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /// Makes the file of a new source.
  ///
  /// @param source 32 hexadecimal digits
  /// @param records in each block
  @SuppressWarnings("MustBeClosedChecker") // The file closes its arena.
  static JournalFile create(Path path, String source, int records) throws IOException {
    var channel =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    var arena = Arena.ofShared();
    try {
      fill(channel, 0, BEFORE_BLOCKS);
      var head = channel.map(MapMode.READ_WRITE, 0, BEFORE_BLOCKS, arena);
      head.set(WORD, AT_VERSION, VERSION);
      head.set(WORD, AT_RECORDS, records);
      var id = source.getBytes(US_ASCII);
      MemorySegment.copy(id, 0, head, ValueLayout.JAVA_BYTE, AT_SOURCE, SOURCE_BYTES);
      head.set(WORD, AT_CHECK, checkOf(head));
      WORDS.setRelease(head, AT_MAGIC, MAGIC);
      head.force();
      return new JournalFile(path, channel, arena, head, 0, records);
    } catch (IOException | RuntimeException failure) {
      arena.close();
      channel.close();
      throw failure;
    }
  }

  /// Opens the file of an earlier start, to read it.
  ///
  /// @throws Unreadable if it is damaged, or of a version that this one does not know
  @SuppressWarnings("MustBeClosedChecker") // The file closes its arena.
  static JournalFile open(Path path) throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.READ);
    var arena = Arena.ofShared();
    try {
      long size = channel.size();
      if (size < BEFORE_BLOCKS) throw new Unreadable("it is too short");
      var head = channel.map(MapMode.READ_ONLY, 0, BEFORE_BLOCKS, arena);
      if (head.get(WORD, AT_MAGIC) != MAGIC) throw new Unreadable("it does not begin as one");
      long version = head.get(WORD, AT_VERSION);
      if (version != VERSION) throw new Unreadable("its version is " + version);
      if (head.get(WORD, AT_CHECK) != checkOf(head)) throw new Unreadable("its head is damaged");
      long records = head.get(WORD, AT_RECORDS);
      if (records < 1 || records > MOST_RECORDS) throw new Unreadable("its head is damaged");
      int blocks = (int) ((size - BEFORE_BLOCKS) / Block.bytes((int) records));
      return new JournalFile(path, channel, arena, head, blocks, (int) records);
    } catch (IOException | RuntimeException failure) {
      arena.close();
      channel.close();
      throw failure;
    }
  }

  private static long checkOf(MemorySegment head) {
    long check = 17;
    for (long at = AT_VERSION; at < AT_CHECK; at += Long.BYTES) {
      check = check * 31 + head.get(WORD, at);
    }
    return check;
  }

  /// Takes the room on the disk at once, so that a full disk is met here and not by a writer.
  private static void fill(FileChannel channel, long from, long bytes) throws IOException {
    var zeros = ByteBuffer.allocate(64 * 1024);
    for (long at = from; at < from + bytes; ) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), from + bytes - at));
      at += channel.write(zeros, at);
    }
  }

  Path path() {
    return path;
  }

  String source() {
    return source;
  }

  /// In each block.
  int records() {
    return records;
  }

  int blocks() {
    return blocks;
  }

  long bytes() {
    return BEFORE_BLOCKS + (long) blocks * Block.bytes(records);
  }

  Block block(int index) throws IOException {
    return map(index, MapMode.READ_ONLY);
  }

  /// Adds a block at the end.
  ///
  /// @throws IOException if the disk is full
  Block grow() throws IOException {
    int length = Block.bytes(records);
    long from = bytes();
    try {
      fill(channel, from, length);
    } catch (IOException full) {
      channel.truncate(from);
      throw full;
    }
    var block = map(blocks, MapMode.READ_WRITE);
    blocks++;
    return block;
  }

  private Block map(int index, MapMode mode) throws IOException {
    int length = Block.bytes(records);
    var memory = channel.map(mode, BEFORE_BLOCKS + (long) index * length, length, arena);
    return new Block(memory, records, names);
  }

  /// Counts what was not written, in the file, so that it survives a kill.
  void lose(boolean ofNobody, long calls, long atMillis) {
    var _ = (long) WORDS.getAndAdd(head, ofNobody ? AT_LOST_UNKNOWN : AT_LOST_FULL, calls);
    WORDS.setOpaque(head, AT_LOST_MILLIS, atMillis);
  }

  Loss loss() {
    return new Loss(
        (long) WORDS.getVolatile(head, AT_LOST_FULL),
        (long) WORDS.getVolatile(head, AT_LOST_UNKNOWN),
        (long) WORDS.getOpaque(head, AT_LOST_MILLIS));
  }

  void forceHead() {
    head.asSlice(0, HEAD).force();
  }

  @Override
  public void close() {
    arena.close();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
