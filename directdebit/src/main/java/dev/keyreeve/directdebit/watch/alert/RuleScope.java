package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.shape.Format;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which mandates a rule counts: those of the whole workspace (`organisation`), those collected by
/// one service user (`sun:123456`), or those whose metadata has an entry (`tag:branch=harbour`).
@Format(
    pattern = "^(organisation|sun:[0-9]{6}|tag:[^=]{1,40}=.{1,100})$",
    example = "tag:branch=harbour")
record RuleScope(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "organisation|sun:(?<sun>[0-9]{6})|tag:(?<key>[^=\\p{Cntrl}]{1,40})=(?<value>\\P{Cntrl}{1,100})");

  static final RuleScope ORGANISATION = new RuleScope("organisation");

  RuleScope {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A scope is organisation, sun: and six digits, or tag: with an entry of the metadata.");
    }
  }

  public static RuleScope parse(String text) {
    return new RuleScope(text);
  }

  /// The service user's number, if the scope names one.
  @Nullable String serviceUser() {
    return group("sun");
  }

  /// The entry's name, if the scope is a tag.
  @Nullable String tagKey() {
    return group("key");
  }

  @Nullable String tagValue() {
    return group("value");
  }

  private @Nullable String group(String name) {
    var matcher = FORM.matcher(text);
    return matcher.matches() ? matcher.group(name) : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
