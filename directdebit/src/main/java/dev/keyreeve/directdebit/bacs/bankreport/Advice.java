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
/// @param news what it says of a new account of the payer, for a person; null if it names none
public record Advice(
    AdviceKey key,
    AdviceSubject subject,
    String words,
    Meaning meaning,
    @Nullable String bankReference,
    @Nullable LocalDate takenOn,
    @Nullable String news) {

  public Advice(AdviceKey key, AdviceSubject subject, String words, Meaning meaning) {
    this(key, subject, words, meaning, null, null, null);
  }

  /// What is said of an instruction.
  Advice(AdviceKey key, AdviceSubject subject, String words, Meaning meaning, NewPayer newPayer) {
    this(key, subject, words, meaning, null, null, newPayer.news());
  }

  /// What is said of a claim.
  Advice(
      AdviceKey key,
      AdviceSubject subject,
      String words,
      Meaning meaning,
      @Nullable String bankReference,
      @Nullable LocalDate takenOn) {
    this(key, subject, words, meaning, bankReference, takenOn, null);
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
