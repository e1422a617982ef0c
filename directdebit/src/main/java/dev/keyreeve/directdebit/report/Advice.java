package dev.keyreeve.directdebit.report;

import dev.keyreeve.directdebit.scheme.SchemeEvent;

/// One thing that a report says.
///
/// @param key the same in every delivery of the report
/// @param subject what it says it of
/// @param words the bank's own, such as `0 REFER TO PAYER`
public record Advice(AdviceKey key, Subject subject, String words, Meaning meaning) {

  public sealed interface Meaning {}

  /// It is clear what happened.
  public record Clear(SchemeEvent event) implements Meaning {}

  /// A person has to look at it.
  public record Unclear(String why) implements Meaning {}
}
