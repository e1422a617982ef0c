package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.shape.Format;
import java.util.regex.Pattern;

/// Names a rule within its workspace, such as `failure_rate`.
@Format(pattern = "^[a-z][a-z0-9_]{0,39}$", example = "failure_rate")
record RuleName(String text) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  RuleName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A rule's name is up to 40 lower-case letters, digits and underscores.");
    }
  }

  public static RuleName parse(String text) {
    return new RuleName(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
