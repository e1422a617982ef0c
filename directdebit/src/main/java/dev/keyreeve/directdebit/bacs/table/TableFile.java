package dev.keyreeve.directdebit.bacs.table;

import dev.keyreeve.procedure.shape.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The lines of a table, and what is wrong with them: one row a line, in UTF-8. Empty lines and
/// lines that begin with `#` are skipped.
///
/// A file has at most 1 MiB and 10,000 rows, and of its faults the first hundred are kept: what has
/// more is not what it claims to be.
public final class TableFile {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_FAULTS = 100;
  private static final int LONGEST_SHOWN = 60;

  private final String name;
  private final List<Line> lines;
  private final List<String> faults = new ArrayList<>();
  private int more;

  private TableFile(String name, List<Line> lines) {
    this.name = name;
    this.lines = lines;
  }

  /// A line with a row on it.
  ///
  /// @param number counted from 1
  /// @param text without white space around it
  public record Line(int number, String text) {
    /// What stands between white space.
    public List<String> columns() {
      return List.of(text.split("\\s+"));
    }
  }

  /// A file that cannot be read, or is too large, has that for its fault and no lines.
  public static TableFile read(Path file) {
    var name = file.toString();
    try (var stream = Files.newInputStream(file)) {
      var bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) return unusable(name, "has more than 1 MiB");

      var table = of(name, new String(bytes, StandardCharsets.UTF_8));
      return table.lines.size() > MOST_ROWS ? unusable(name, "has more than 10,000 rows") : table;
    } catch (IOException e) {
      return unusable(name, Files.notExists(file) ? "does not exist" : "cannot be read");
    }
  }

  /// A table that is at hand as text.
  ///
  /// @param name what its faults call it
  public static TableFile of(String name, String text) {
    var whole = PlainText.withoutByteOrderMark(text);
    var lines = new ArrayList<Line>();
    var number = 0;
    for (var line : whole.lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) lines.add(new Line(number, line));
    }
    return new TableFile(name, List.copyOf(lines));
  }

  private static TableFile unusable(String name, String why) {
    var table = new TableFile(name, List.of());
    table.refuse(why);
    return table;
  }

  /// Has each row read. An [IllegalArgumentException] is a fault of its line, and the reading goes
  /// on.
  public void forEach(Consumer<Line> reader) {
    for (var line : lines) {
      try {
        reader.accept(line);
      } catch (IllegalArgumentException e) {
        refuse(line.number(), "\"" + clip(line.text()) + "\": " + clause(e.getMessage()));
      }
    }
  }

  /// Whether nothing is wrong so far, and yet there is no row.
  public boolean isEmpty() {
    return lines.isEmpty() && faults.isEmpty();
  }

  /// A sentence as part of a longer one.
  private static String clause(@Nullable String message) {
    return message == null ? "it cannot be read" : message.replaceFirst("\\.$", "");
  }

  private void refuse(int line, String why) {
    add("line " + line + " of " + name + ": " + why);
  }

  /// Notes what is wrong with the whole.
  public void refuse(String why) {
    add(name + " " + why);
  }

  private void add(String fault) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(fault);
    } else {
      more++;
    }
  }

  /// What is wrong, in the order in which it was found.
  public List<String> faults() {
    if (more == 0) return List.copyOf(faults);

    var all = new ArrayList<>(faults);
    all.add(name + " has " + more + " faults more");
    return all;
  }

  /// What the tables were read for, unless they have faults: then these, and nothing is made.
  public static <T> TableReading<T> reading(List<TableFile> tables, Supplier<T> whole) {
    var faults = tables.stream().flatMap(table -> table.faults().stream()).toList();
    return faults.isEmpty()
        ? new TableReading.Read<>(whole.get())
        : new TableReading.Refused<>(faults);
  }

  private static String clip(String text) {
    var printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST_SHOWN
        ? printable
        : printable.substring(0, LONGEST_SHOWN) + "…";
  }
}
