package dev.keyreeve.server.config;

import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.directdebit.gocardless.ApiAddress;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.mail.SmtpServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How the text of a setting is read.
///
/// @param expects what the text must be, to follow "must be"
/// @param form whether the text is one word, a list divided by commas, or `true` or `false`
record Kind<T>(String expects, Form form, Reader<T> reader) {
  enum Form {
    ONE,
    LIST,
    TRUTH
  }

  private static final int MAX_PORT = 65_535;
  private static final String NONE = "none";
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})(KiB|MiB|GiB)");
  private static final Pattern PEPPER =
      Pattern.compile("(?:([1-9][0-9]{0,3}):)?([A-Za-z0-9+/]+=*)");
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
  interface Reader<T> {
    @Nullable T read(String text);
  }

  static Kind<String> host() {
    return one(
        "an address or a name of this machine, such as 127.0.0.1 or 0.0.0.0",
        text -> text.matches("[0-9A-Za-z][0-9A-Za-z.:-]*|::[0-9A-Fa-f:.]*") ? text : null);
  }

  static Kind<Integer> port() {
    return integer(0, MAX_PORT);
  }

  /// Empty for `none` and 0.
  static Kind<OptionalInt> portOrNone() {
    return one(
        "a whole number from 1 to " + MAX_PORT + ", or none",
        text -> {
          if (text.equals(NONE)) return OptionalInt.empty();
          var port = whole(text, 0, MAX_PORT);
          if (port == null) return null;
          return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
        });
  }

  static Kind<Integer> integer(int least, int most) {
    return one("a whole number from " + least + " to " + most, text -> whole(text, least, most));
  }

  private static @Nullable Integer whole(String text, int least, int most) {
    if (!text.matches("[0-9]{1,9}")) return null;
    int number = Integer.parseInt(text);
    return number < least || number > most ? null : number;
  }

  static Kind<Boolean> truth() {
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

  static Kind<Path> path() {
    return one("the path of a file or directory", Path::of);
  }

  /// A time between two others, in whole seconds: `5s`, `30m`, `12h`, `7d`.
  static Kind<Duration> time(String least, String most) {
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
  static Kind<Long> size() {
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
  static Kind<String> publicUrl() {
    return one(
        "a URL without a path, such as https://pay.example.com",
        text -> text.matches("https?://[^/?#\\s]+") ? text : null);
  }

  /// Where an API is, without a path; without TLS only on this machine.
  static Kind<ApiAddress> apiAddress() {
    return one(
        "a URL of https without a path; http on this machine alone",
        text -> new ApiAddress(URI.create(text)));
  }

  static Kind<List<Cidr>> ranges() {
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

  static Kind<Database.Location> database() {
    return one("a URL of the form postgresql://user:password@host:5432/name", DatabaseUrl::parse);
  }

  /// Its version, a colon, and its bytes in base 64. Version 1 may be left out.
  static Kind<Pepper> pepper() {
    return one(
        "32 to 64 random bytes in base 64, after their version and a colon unless that is 1",
        text -> {
          var form = PEPPER.matcher(text);
          if (!form.matches()) return null;
          int version = form.group(1) == null ? 1 : Integer.parseInt(form.group(1));
          return new Pepper(version, Base64.getDecoder().decode(form.group(2)));
        });
  }

  static Kind<EmailAddress> mailAddress() {
    return one(
        "an address such as no-reply@example.com",
        text -> EmailAddress.ifDeliverable(text).orElse(null));
  }

  static Kind<SmtpServer.Tls> mailTls() {
    return one(
        "starttls, implicit or none",
        text ->
            switch (text) {
              case "starttls" -> SmtpServer.Tls.STARTTLS;
              case "implicit" -> SmtpServer.Tls.IMPLICIT;
              case "none" -> SmtpServer.Tls.NONE;
              default -> null;
            });
  }

  /// One line of printable characters.
  static Kind<String> line() {
    return one(
        "1 to 100 printable characters",
        text -> text.matches("[^\\p{C}\\p{Zl}\\p{Zp}]{1,100}") ? text : null);
  }

  private static <T> Kind<T> one(String expects, Reader<T> reader) {
    return new Kind<>(expects, Form.ONE, reader);
  }
}
