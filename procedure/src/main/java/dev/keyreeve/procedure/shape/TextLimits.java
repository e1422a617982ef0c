package dev.keyreeve.procedure.shape;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What text is let in.
final class TextLimits {
  /// For strings that something else parses, which then has little to fear.
  static final TextLimits OF_VALUES = new TextLimits(new Form.TextForm(0, 200, false, null));

  private static final TextLimits USUAL = new TextLimits(new Form.TextForm(1, 200, false, null));

  private final Form.TextForm form;
  private final @Nullable Pattern pattern;

  private TextLimits(Form.TextForm form) {
    if (form.min() < 0 || form.min() > form.max()) {
      throw new IllegalArgumentException("the length of the text is impossible");
    }
    this.form = form;
    this.pattern = form.pattern() == null ? null : whole(form.pattern());
  }

  static TextLimits of(@Nullable Text text) {
    if (text == null) return USUAL;
    var pattern = text.pattern().isEmpty() ? null : text.pattern();
    return new TextLimits(new Form.TextForm(text.min(), text.max(), text.multiline(), pattern));
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

  boolean allow(String text, Reading reading) {
    if (reading.isStored()) return true;

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
    return reading.found() == before;
  }

  private boolean isAllowed(int point) {
    if (Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE) return false;
    return !Character.isISOControl(point)
        || (form.multiline() && (point == '\n' || point == '\r' || point == '\t'));
  }
}
