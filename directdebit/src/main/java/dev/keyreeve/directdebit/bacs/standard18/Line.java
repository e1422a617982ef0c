package dev.keyreeve.directdebit.bacs.standard18;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A line of fixed width, put together from fields; what no field covers is blank. Columns are
/// counted from 1, and both ends belong to a field.
final class Line {

  private final StringBuilder text;
  private final List<Field> fields = new ArrayList<>();

  Line(int width) {
    text = new StringBuilder(" ".repeat(width));
  }

  /// A label, which is 80 wide and begins with its name.
  static Line label(String name) {
    return new Line(80).put("the name of the label", 1, 4, name);
  }

  /// Puts a value, which blanks follow if it is shorter than its field.
  Line put(String name, int first, int last, String value) {
    if (value.length() > last - first + 1) {
      throw new IllegalStateException("columns %d-%d do not hold %s".formatted(first, last, name));
    }

    text.replace(first - 1, first - 1 + value.length(), value);
    fields.add(new Field(name, first, last));
    return this;
  }

  /// Puts a number, which zeros precede.
  Line put(String name, int first, int last, long value) {
    return put(name, first, last, ("%0" + (last - first + 1) + "d").formatted(value));
  }

  /// In which columns another line of this width differs, in words.
  List<String> differences(String other) {
    if (other.contentEquals(text)) return List.of();

    var differences = new ArrayList<String>();
    for (var field : fields) {
      if (!field.of(text.toString()).equals(field.of(other))) differences.add(field.differs());
    }
    IntStream.rangeClosed(1, text.length())
        .filter(column -> text.charAt(column - 1) != other.charAt(column - 1))
        .filter(column -> fields.stream().noneMatch(field -> field.covers(column)))
        .forEach(column -> differences.add("column %d is not blank".formatted(column)));
    return differences;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private record Field(String name, int first, int last) {

    String of(String line) {
      return line.substring(first - 1, last);
    }

    boolean covers(int column) {
      return first <= column && column <= last;
    }

    String differs() {
      return "%s in columns %d-%d is not what the rest of the file makes it"
          .formatted(name, first, last);
    }
  }
}
