package dev.keyreeve.platform.setting;

import dev.keyreeve.access.network.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How the text of a setting is read.
///
/// @param expects what the text must be, to follow "must be"
/// @param form whether the text is one word, a list divided by commas, or `true` or `false`
public record Kind<T>(String expects, Form form, Reader<T> reader) {
  public enum Form {
    ONE,
    LIST,
    TRUTH
  }

  private static final int MAX_PORT = 65_535;
  private static final String NONE = "none";
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})(KiB|MiB|GiB)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Long> SIZES =
      Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  /// Reads a text. Where it is not of the kind, it answers null, or throws an
  /// [IllegalArgumentException] that says more than [Kind#expects].
  @FunctionalInterface
  public interface Reader<T> {
    @Nullable T read(String text);
  }

  public static Kind<String> host() {
    return one(
        "an address or a name of this machine, such as 127.0.0.1 or 0.0.0.0",
        text -> text.matches("[0-9A-Za-z][0-9A-Za-z.:-]*|::[0-9A-Fa-f:.]*") ? text : null);
  }

  public static Kind<Integer> port() {
    return integer(0, MAX_PORT);
  }

  /// Empty for `none` and 0.
  public static Kind<OptionalInt> portOrNone() {
    return one(
        "a whole number from 1 to " + MAX_PORT + ", or none",
        text -> {
          if (text.equals(NONE)) return OptionalInt.empty();
          var port = whole(text, 0, MAX_PORT);
          if (port == null) return null;
          return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
        });
  }

  public static Kind<Integer> integer(int least, int most) {
    return one("a whole number from " + least + " to " + most, text -> whole(text, least, most));
  }

  private static @Nullable Integer whole(String text, int least, int most) {
    if (!text.matches("[0-9]{1,9}")) return null;
    int number = Integer.parseInt(text);
    return number < least || number > most ? null : number;
  }

  public static Kind<Boolean> truth() {
    return new Kind<>(
        "true or false",
        Form.TRUTH,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            });
  }

  public static Kind<Path> path() {
    return one("the path of a file or directory", Path::of);
  }

  /// A time between two others, in whole seconds: `5s`, `30m`, `12h`, `7d`.
  public static Kind<Duration> time(String least, String most) {
    var shortest = duration(least);
    var longest = duration(most);
    if (shortest == null || longest == null) throw new IllegalArgumentException("no bounds");
    return one(
        "a time from " + least + " to " + most + ", as a whole number of s, m, h or d",
        text -> {
          var time = duration(text);
          return time == null || time.compareTo(shortest) < 0 || time.compareTo(longest) > 0
              ? null
              : time;
        });
  }

  private static @Nullable Duration duration(String text) {
    var amount = AMOUNT.matcher(text);
    if (!amount.matches()) return null;
    var unit = UNITS.get(amount.group(2));
    return unit == null ? null : unit.multipliedBy(Long.parseLong(amount.group(1)));
  }

  /// A size in bytes: `64MiB`, `2GiB`.
  public static Kind<Long> size() {
    return one(
        "a size such as 512MiB or 2GiB",
        text -> {
          var size = SIZE.matcher(text);
          if (!size.matches()) return null;
          var unit = SIZES.get(size.group(2));
          return unit == null ? null : unit * Long.parseLong(size.group(1));
        });
  }

  /// Where the server is reached, without a path, so that paths can be put behind it.
  public static Kind<String> publicUrl() {
    return one(
        "a URL without a path, such as https://pay.example.com",
        text -> text.matches("https?://[^/?#\\s]+") ? text : null);
  }

  public static Kind<List<Cidr>> ranges() {
    return new Kind<>(
        "addresses or ranges such as 10.0.0.0/8, divided by commas, or none",
        Form.LIST,
        text -> {
          var ranges = new ArrayList<Cidr>();
          if (text.equals(NONE)) return ranges;
          for (var item : text.split(",", -1)) ranges.add(Cidr.parse(item.strip()));
          return ranges;
        });
  }

  /// One line of printable characters.
  public static Kind<String> line() {
    return one(
        "1 to 100 printable characters",
        text -> text.matches("[^\\p{C}\\p{Zl}\\p{Zp}]{1,100}") ? text : null);
  }

  /// A kind of one word.
  public static <T> Kind<T> one(String expects, Reader<T> reader) {
    return new Kind<>(expects, Form.ONE, reader);
  }
}
