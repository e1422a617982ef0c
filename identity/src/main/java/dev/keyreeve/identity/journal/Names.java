package dev.keyreeve.identity.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The names that records refer to by number. They are kept in the file of the records, so that a
/// later version, with other procedures and other reasons, still reads them right.
///
/// Threads: writers look up without a lock; a name that is new is added under one, once, and is on
/// disk before a record refers to it.
final class Names {
  /// The number of a name for which there is no room.
  static final int UNNAMED = 0;

  /// How many there can be, [#UNNAMED] among them.
  static final int MOST = 1024;

  /// Of a name, in bytes; what is longer is cut.
  static final int LONGEST = 94;

  static final int SLOT = 96;

  private final MemorySegment area;
  private final ConcurrentHashMap<String, Integer> numbers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<End, Integer> ends = new ConcurrentHashMap<>();
  private final @Nullable String[] names = new @Nullable String[MOST];
  private int count = 1;

  /// @param area [#MOST] slots of [#SLOT] bytes each; a slot of zeros has no name
  Names(MemorySegment area) {
    this.area = area;
    for (int number = 1; number < MOST; number++) {
      var name = read(number);
      if (name == null) break;
      names[number] = name;
      numbers.putIfAbsent(name, number);
      count = number + 1;
    }
  }

  /// The number of a name, which is given one if it has none; [#UNNAMED] if there is no room left.
  int numberOf(String name) {
    var number = numbers.get(name);
    return number != null ? number : add(name, MOST);
  }

  /// The same for names of which there is no end, such as ids: they leave room for others.
  int numberOfMany(String name) {
    var number = numbers.get(name);
    return number != null ? number : add(name, MOST / 2);
  }

  /// The number of the name of an end.
  int numberOf(End end) {
    var number = ends.get(end);
    if (number != null) return number;
    int named = numberOf(end.text());
    if (named != UNNAMED) ends.put(end, named);
    return named;
  }

  @Nullable String name(int number) {
    return number > 0 && number < MOST ? names[number] : null;
  }

  private synchronized int add(String name, int most) {
    var known = numbers.get(name);
    if (known != null) return known;
    if (count >= most) return UNNAMED;

    int number = count++;
    var bytes = name.getBytes(UTF_8);
    int length = Math.min(bytes.length, LONGEST);
    long slot = (long) number * SLOT;
    MemorySegment.copy(bytes, 0, area, ValueLayout.JAVA_BYTE, slot + 1, length);
    area.set(ValueLayout.JAVA_BYTE, slot, (byte) length);
    area.asSlice(slot, SLOT).force();
    names[number] = name;
    numbers.put(name, number);
    return number;
  }

  private @Nullable String read(int number) {
    long slot = (long) number * SLOT;
    int length = area.get(ValueLayout.JAVA_BYTE, slot);
    if (length <= 0 || length > LONGEST) return null;
    var bytes = new byte[length];
    MemorySegment.copy(area, ValueLayout.JAVA_BYTE, slot + 1, bytes, 0, length);
    return new String(bytes, UTF_8);
  }
}
