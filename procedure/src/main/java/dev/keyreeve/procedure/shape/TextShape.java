package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSON string, and what it is parsed to.
final class TextShape<T> extends Shape<T> {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          DATE + "T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final Instant BEGIN = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final Form form;
  private final TextLimits limits;
  private final Function<String, T> parse;
  private final Function<T, String> print;

  private TextShape(
      Form form, TextLimits limits, Function<String, T> parse, Function<T, String> print) {
    this.form = form;
    this.limits = limits;
    this.parse = parse;
    this.print = print;
  }

  static TextShape<String> of(TextLimits limits) {
    return new TextShape<>(limits.form(), limits, text -> text, text -> text);
  }

  static TextShape<OneTime> ofOneTime() {
    var form = new Form.ValueForm(OneTime.class, null, null);
    return new TextShape<>(form, TextLimits.OF_VALUES, OneTime::new, OneTime::reveal);
  }

  static <T> TextShape<T> ofValue(
      Class<T> type, @Nullable Format format, TextLimits limits, Function<String, T> parse) {
    if (format != null && !isTrue(format, parse)) {
      throw new IllegalArgumentException("the example of @Format is not one");
    }
    var form =
        format == null
            ? new Form.ValueForm(type, null, null)
            : new Form.ValueForm(type, format.pattern(), format.example());
    return new TextShape<>(form, limits, parse, Object::toString);
  }

  private static <T> boolean isTrue(Format format, Function<String, T> parse) {
    return TextLimits.whole(format.pattern()).matcher(format.example()).matches()
        && parse.apply(format.example()).toString().equals(format.example());
  }

  static TextShape<LocalDate> ofDate() {
    return new TextShape<>(
        new Form.DateForm(), TextLimits.OF_VALUES, TextShape::date, LocalDate::toString);
  }

  static TextShape<Instant> ofTimestamp() {
    return new TextShape<>(
        new Form.TimestampForm(), TextLimits.OF_VALUES, TextShape::timestamp, Instant::toString);
  }

  /// The JDK also takes five-digit years and, for an `Instant`, a leap second, which it drops;
  /// neither survives being stored.
  private static LocalDate date(String text) {
    try {
      if (DATE.matcher(text).matches()) {
        var date = LocalDate.parse(text);
        if (!date.isBefore(FIRST_DAY)) return date;
      }
    } catch (DateTimeException _) {
      // falls through to the one refusal
    }
    throw new IllegalArgumentException("This must be a date such as 2026-01-31.");
  }

  private static Instant timestamp(String text) {
    try {
      if (TIMESTAMP.matcher(text).matches()) {
        var instant = OffsetDateTime.parse(text).toInstant();
        if (!instant.isBefore(BEGIN) && !instant.isAfter(END)) return instant;
      }
    } catch (DateTimeException _) {
      // falls through to the one refusal
    }
    throw new IllegalArgumentException(
        "This must be a date and time such as 2026-01-31T09:30:00Z.");
  }

  @Override
  public Form form() {
    return form;
  }

  @Override
  @Nullable T read(JsonNode node, Reading reading) {
    if (!node.isTextual()) return reading.refuse("wrong_type", "This must be a string.");
    var text = limits.read(node.textValue(), reading);
    if (text == null) return null;
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException objection) {
      return reading.refuse("bad_format", objection, text);
    }
  }

  @Override
  void write(T value, JsonGenerator out, boolean withSecrets) throws IOException {
    out.writeString(print.apply(value));
  }
}
