package dev.keyreeve.directdebit.rail.gocardless;

import java.util.Locale;

/// A word of a list that GoCardless may lengthen at any time.
public sealed interface Word<E extends Enum<E>> {

  /// As it is written on the wire.
  String text();

  record Known<E extends Enum<E>>(E value) implements Word<E> {
    @Override
    public String text() {
      return value.name().toLowerCase(Locale.ROOT);
    }
  }

  /// A word that this version does not know; it is kept as it came.
  record Unknown<E extends Enum<E>>(String text) implements Word<E> {}

  default boolean is(E value) {
    return this instanceof Known<E>(var known) && known == value;
  }

  static <E extends Enum<E>> Word<E> parse(Class<E> list, String text) {
    for (var value : list.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) return new Known<>(value);
    }
    return new Unknown<>(text);
  }
}
