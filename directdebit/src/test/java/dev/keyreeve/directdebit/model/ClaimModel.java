package dev.keyreeve.directdebit.model;

import static dev.keyreeve.directdebit.model.Forecast.done;
import static dev.keyreeve.directdebit.model.Forecast.refused;
import static dev.keyreeve.directdebit.model.Forecast.unchanged;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One claim by the rules: a payer's bank has taken a debit back, and says so.
public final class ClaimModel {
  private static final Rules RULES =
      Rules.of(
          """
          -                                       | clawback.received     | received     | bank
          received under_review accepted          | clawback.matched      | =            | bank
          challenged rejected settled             | clawback.matched      | =            | bank
          received                                | clawback.under_review | under_review | user
          received under_review                   | clawback.accepted     | accepted     | user
          under_review                            | clawback.challenged   | challenged   | user
          challenged                              | clawback.upheld       | upheld       | user
          challenged                              | clawback.rejected     | rejected     | user
          received under_review accepted rejected | clawback.settled      | settled      | clock
          received under_review accepted          | clawback.withdrawn    | withdrawn    | bank
          challenged upheld rejected settled      | clawback.withdrawn    | withdrawn    | bank
          """);

  private static final Set<String> FALLEN = Set.of("upheld", "withdrawn");

  private final String id;
  private String status = Rules.NOTHING;
  private int version;
  private long amount;
  private @Nullable String collection;
  private LocalDate challengeBy = LocalDate.MIN;

  ClaimModel(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  public String status() {
    return status;
  }

  public int version() {
    return version;
  }

  long amount() {
    return amount;
  }

  @Nullable String collection() {
    return collection;
  }

  /// Whether the payer has the money back, and it is known which debit it was.
  boolean stands() {
    return collection != null && !FALLEN.contains(status);
  }

  public Forecast startReview() {
    return step("clawback.under_review", "received");
  }

  public Forecast accept() {
    return step("clawback.accepted", "received under_review");
  }

  public Forecast challenge(LocalDate today) {
    return status.equals("under_review") && today.isAfter(challengeBy)
        ? refused("challenge_too_late")
        : step("clawback.challenged", "under_review");
  }

  public Forecast uphold() {
    return step("clawback.upheld", "challenged");
  }

  public Forecast reject() {
    return step("clawback.rejected", "challenged");
  }

  private Forecast step(String event, String from) {
    if (event.equals("clawback." + status)) return unchanged();

    return Set.of(from.split(" ")).contains(status) ? done(event) : refused("invalid_state");
  }

  /// Takes over what the log tells, which must be allowed.
  void see(Seen event) {
    Broken.unless(
        RULES.allow(status, event.type(), event.status(), event.by()),
        () -> "a claim that is %s knows no %s".formatted(status, event));
    Broken.unless(event.version() > version, () -> "version " + version + " before " + event);
    version = event.version();
    status = event.status();
    amount = event.now().path("amount").asLong();
    challengeBy = LocalDate.parse(event.now().path("challengeBy").asText());
    collection = event.get("collectionId");
  }

  @Override
  public String toString() {
    return "claim %s %s v%d of %s".formatted(id, status, version, collection);
  }
}
