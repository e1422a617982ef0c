package dev.keyreeve.identity.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A run of places of a journal, mapped into memory.
///
/// It begins with its number among the runs. After that come the records, each of 16 words of 64
/// bits, little-endian:
///
/// | Word | Holds |
/// |---|---|
/// | 0 | the number of the place plus one; written last, and so the mark of a whole record |
/// | 1 | a check of the place and of all words after this one |
/// | 2 | milliseconds since the epoch |
/// | 3-5 | request id |
/// | 6-7 | address |
/// | 8 | calls (32 bits), latency in microseconds (32) |
/// | 9 | procedure (16), end (16): numbers of names; kind (8), kind of caller (8), which of the caller's credentials (16) |
/// | 10-12 | id of the caller: of a key in two words, of others as text |
/// | 13-15 | workspace |
///
/// Further kinds of caller take further numbers, 255 at most. A version that does not know one
/// keeps what it reads, and takes it for no other kind.
///
/// A block is used again for later places once its records are merged: what is left in it bears
/// another mark than is then looked for.
final class Block {
  /// Bytes of a record.
  static final int RECORD = 128;

  /// Bytes before the first record.
  static final int HEAD = 128;

  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG.withOrder(LITTLE_ENDIAN);
  private static final VarHandle MARK = WORD.varHandle();
  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final int WORDS = RECORD / Long.BYTES;

  private static final int OF_KEY = 1;
  private static final int OF_SESSION = 2;
  private static final int OF_COMMAND_LINE = 3;
  private static final int OF_NOBODY = 4;

  private final MemorySegment memory;
  private final int records;
  private final Names names;

  /// @param memory [#bytes] of it
  Block(MemorySegment memory, int records, Names names) {
    this.memory = memory;
    this.records = records;
    this.names = names;
  }

  /// How long a block of so many records is.
  static int bytes(int records) {
    return HEAD + records * RECORD;
  }

  /// Which run of places it holds, from 0; -1 if none yet.
  long number() {
    return (long) MARK.getAcquire(memory, 0L) - 1;
  }

  /// Makes it the home of another run of places.
  void become(long number) {
    MARK.setRelease(memory, 0L, number + 1);
  }

  void force() {
    memory.force();
  }

  private long offset(long place) {
    return HEAD + (place % records) * RECORD;
  }

  boolean isPublished(long place) {
    return (long) MARK.getAcquire(memory, offset(place)) == place + 1;
  }

  /// Fills a reserved place, and publishes it.
  void write(long place, Entry entry) {
    long at = offset(place);
    long check = place;
    check = put(at, 2, entry.atMillis(), check);
    check = putCut(at, 3, entry.requestId(), check);
    check = put(at, 6, entry.address().high(), check);
    check = put(at, 7, entry.address().low(), check);
    check = put(at, 8, pack(entry.calls(), (int) cut(entry.latencyMicros())), check);
    long what =
        number(entry.procedure())
            | (long) names.numberOf(entry.end()) << 16
            | (long) entry.kind().number() << 32;
    switch (entry.by()) {
      case Entry.By.OfKey(KeyId id, int secret, String workspace) -> {
        check = put(at, 9, what | (long) OF_KEY << 40 | (secret & 0xffffL) << 48, check);
        check = put(at, 10, id.head(), check);
        check = put(at, 11, id.tail(), check);
        check = put(at, 12, 0, check);
        check = putText(at, 13, workspace, check);
      }
      case Entry.By.OfSession(String id, String workspace) -> {
        check = put(at, 9, what | (long) OF_SESSION << 40, check);
        check = putText(at, 10, id, check);
        check = putText(at, 13, workspace, check);
      }
      case Entry.By.OfAnother(int kind, var id, int credential, var workspace) -> {
        check = put(at, 9, what | (long) kind << 40 | (credential & 0xffffL) << 48, check);
        check = putText(at, 10, id, check);
        check = workspace == null ? putNothing(at, 13, check) : putText(at, 13, workspace, check);
      }
      case Entry.By.OfCommandLine _ ->
          check = putNoOne(at, what | (long) OF_COMMAND_LINE << 40, check);
      case Entry.By.OfNobody _ -> check = putNoOne(at, what | (long) OF_NOBODY << 40, check);
    }
    memory.set(WORD, at + Long.BYTES, check);
    MARK.setRelease(memory, at, place + 1);
  }

  private long putNoOne(long at, long what, long check) {
    return putNothing(at, 10, put(at, 9, what, check));
  }

  private long putNothing(long at, int from, long check) {
    long changed = check;
    for (int word = from; word < WORDS; word++) changed = put(at, word, 0, changed);
    return changed;
  }

  private long putText(long at, int word, String text, long check) {
    if (!Texts.fits(text)) {
      check = put(at, word, Texts.named(names.numberOfMany(text)), check);
      check = put(at, word + 1, 0, check);
      return put(at, word + 2, 0, check);
    }
    return putCut(at, word, text, check);
  }

  /// What is longer than a record has room for is cut, and so are strange characters.
  private long putCut(long at, int word, String text, long check) {
    check = put(at, word, Texts.word(text, 0), check);
    check = put(at, word + 1, Texts.word(text, 1), check);
    return put(at, word + 2, Texts.word(text, 2), check);
  }

  private long put(long at, int word, long value, long check) {
    memory.set(WORD, at + (long) word * Long.BYTES, value);
    return mixed(check, value);
  }

  private static long mixed(long check, long value) {
    return Long.rotateLeft((check ^ value) * MIX, 29);
  }

  private int number(@Nullable String procedure) {
    return procedure == null ? Names.UNNAMED : names.numberOf(procedure);
  }

  private static long cut(long latencyMicros) {
    return Math.clamp(latencyMicros, 0, Integer.MAX_VALUE);
  }

  private static long pack(int low, int high) {
    return (low & 0xffffffffL) | (long) high << 32;
  }

  /// What was published at a place; null if the check tells that it is not what was written.
  @Nullable Entry read(long place) {
    long at = offset(place);
    long check = place;
    for (int word = 2; word < WORDS; word++) check = mixed(check, word(at, word));
    if (check != word(at, 1)) return null;

    long counts = word(at, 8);
    long what = word(at, 9);
    var end = names.name((int) (what >>> 16) & 0xffff);
    var requestId = text(at, 3);
    return new Entry(
        word(at, 2),
        requestId == null ? "" : requestId,
        by(at, what),
        new Address(word(at, 6), word(at, 7)),
        names.name((int) what & 0xffff),
        end == null ? End.UNNAMED : End.parseOr(end, End.UNNAMED),
        (int) counts,
        counts >>> 32,
        Entry.Kind.ofNumber((int) (what >>> 32) & 0xff));
  }

  private Entry.By by(long at, long what) {
    int kind = (int) (what >>> 40) & 0xff;
    int credential = (int) (what >>> 48);
    var workspace = text(at, 13);
    return switch (kind) {
      case OF_KEY ->
          workspace == null
              ? new Entry.By.OfNobody()
              : new Entry.By.OfKey(new KeyId(word(at, 10), word(at, 11)), credential, workspace);
      case OF_SESSION ->
          workspace == null
              ? new Entry.By.OfNobody()
              : new Entry.By.OfSession(textOrNone(at, 10), workspace);
      case OF_COMMAND_LINE -> new Entry.By.OfCommandLine();
      case OF_NOBODY -> new Entry.By.OfNobody();
      default -> new Entry.By.OfAnother(kind, textOrNone(at, 10), credential, workspace);
    };
  }

  private String textOrNone(long at, int word) {
    var text = text(at, word);
    return text == null ? "" : text;
  }

  private @Nullable String text(long at, int word) {
    return Texts.text(word(at, word), word(at, word + 1), word(at, word + 2), names);
  }

  private long word(long at, int word) {
    return memory.get(WORD, at + (long) word * Long.BYTES);
  }
}
