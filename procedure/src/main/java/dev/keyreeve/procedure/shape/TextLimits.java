package dev.keyreeve.procedure.shape;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What text is let in.
final class TextLimits {
  /// For strings that something else parses, which then has little to fear.
  static final TextLimits OF_VALUES = new TextLimits(new Form.TextForm(0, 200, false, null, false));

  private static final TextLimits USUAL =
      new TextLimits(new Form.TextForm(1, 200, false, null, false));

  private final Form.TextForm form;
  private final @Nullable Pattern pattern;

  private TextLimits(Form.TextForm form) {
    if (form.min() < 0 || form.min() > form.max()) {
      throw new IllegalArgumentException("the length of the text is impossible");
    }
    if (form.plain() && form.multiline()) {
      throw new IllegalArgumentException("a plain text has one line");
    }
    this.form = form;
    this.pattern = form.pattern() == null ? null : whole(form.pattern());
  }

  static TextLimits of(@Nullable Text text) {
    if (text == null) return USUAL;
    var pattern = text.pattern().isEmpty() ? null : text.pattern();
    return new TextLimits(
        new Form.TextForm(text.min(), text.max(), text.multiline(), pattern, text.plain()));
  }

  /// @param text what the value's class says, if it says anything
  static TextLimits ofValue(@Nullable Text text) {
    return text == null ? OF_VALUES : of(text);
  }

  /// Schemas search for a pattern anywhere in a text, so one that means the whole text has to say
  /// so.
  static Pattern whole(String pattern) {
    if (!pattern.startsWith("^") || !pattern.endsWith("$")) {
      throw new IllegalArgumentException("the pattern must begin with ^ and end with $");
    }
    return Pattern.compile(pattern);
  }

  Form.TextForm form() {
    return form;
  }

  /// The text as it is let in; null if it is not, which is noted.
  @Nullable String read(String given, Reading reading) {
    if (reading.isStored()) return given;

    var text = form.plain() ? PlainText.of(given) : given;
    int before = reading.found();
    int length = text.codePointCount(0, text.length());
    if (length < form.min() || length > form.max()) {
      reading.refuse(
          length < form.min() ? "too_short" : "too_long",
          "This must have from " + form.min() + " to " + form.max() + " characters.");
    } else if (!text.codePoints().allMatch(this::isAllowed)) {
      reading.refuse("bad_format", "This holds a character that is not allowed.");
    } else if (pattern != null && !pattern.matcher(text).matches()) {
      reading.refuse("bad_format", "This does not have the right form.");
    }
    return reading.found() == before ? text : null;
  }

  private boolean isAllowed(int point) {
    if (Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE) return false;
    return !Character.isISOControl(point)
        || (form.multiline() && (point == '\n' || point == '\r' || point == '\t'));
  }
}
