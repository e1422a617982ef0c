package dev.keyreeve.directdebit.bacs.money;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An amount of sterling, in pence: nothing, or more than nothing.
public record Pence(long amount) implements Comparable<Pence> {

  public static final Pence ZERO = new Pence(0);

  private static final Pattern POUNDS =
      Pattern.compile(
          "(?<pounds>[0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\\.(?<pence>[0-9]{2}))?");

  public Pence {
    if (amount < 0) throw new IllegalArgumentException("An amount is not negative.");
  }

  /// Reads pounds as banks print them: `65`, `65.00`, `1234.50` or `1,234.50`.
  public static Pence parse(String text) {
    var matcher = POUNDS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("An amount is in pounds, as in 1234.50 or 1,234.50.");
    }

    var pounds = Long.parseLong(matcher.group("pounds").replace(",", ""));
    var pence = matcher.group("pence");
    return new Pence(pounds * 100 + (pence == null ? 0 : Long.parseLong(pence)));
  }

  public static Pence sum(Stream<Pence> amounts) {
    return amounts.reduce(ZERO, Pence::plus);
  }

  /// @throws ArithmeticException if the sum does not fit into 64 bits
  public Pence plus(Pence other) {
    return new Pence(Math.addExact(amount, other.amount));
  }

  public boolean isZero() {
    return amount == 0;
  }

  @Override
  public int compareTo(Pence other) {
    return Long.compare(amount, other.amount);
  }

  /// In pounds, such as `1234.50`; [#parse] reads back what has up to 13 digits of pounds.
  @Override
  public String toString() {
    return amount / 100 + "." + amount % 100 / 10 + amount % 10;
  }
}
