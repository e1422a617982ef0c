package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One thing that a report says.
///
/// @param key the same in every delivery of the report
/// @param subject what it says it of
/// @param words the bank's own, such as `0 REFER TO PAYER`
/// @param bankReference by which the bank knows the claim; null for what is no claim
/// @param takenOn when the bank takes a claim from the collector's account, if it says so
public record Advice(
    AdviceKey key,
    AdviceSubject subject,
    String words,
    Meaning meaning,
    @Nullable String bankReference,
    @Nullable LocalDate takenOn) {

  public Advice(AdviceKey key, AdviceSubject subject, String words, Meaning meaning) {
    this(key, subject, words, meaning, null, null);
  }

  public sealed interface Meaning {}

  /// It is clear what happened.
  public record Clear(SchemeEvent event) implements Meaning {}

  /// A person has to look at it.
  ///
  /// @param fact what has happened all the same, once a person says to what; null if nothing has
  public record Unclear(String why, @Nullable SchemeEvent fact) implements Meaning {
    public Unclear(String why) {
      this(why, null);
    }
  }
}
