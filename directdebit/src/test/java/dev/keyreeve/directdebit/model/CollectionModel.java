package dev.keyreeve.directdebit.model;

import static dev.keyreeve.directdebit.model.Forecast.done;
import static dev.keyreeve.directdebit.model.Forecast.refused;
import static dev.keyreeve.directdebit.model.Forecast.unchanged;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One collection by the rules. What is `planned` here the service calls `scheduled` until the
/// morning of its input day, and `pending_submission` on that day; the log does not tell when that
/// happens.
public final class CollectionModel {
  /// What may happen to a collection. Only the run presents; a bank returns what it has, until the
  /// payer has it back; nobody but a person or the clock has it presented again.
  private static final Rules RULES =
      Rules.of(
          """
          -                           | collection.scheduled       | planned     | agent user clock
          planned                     | collection.amended         | planned     | agent payer user clock bank provider
          planned                     | collection.notice_sent     | planned     | clock
          planned                     | collection.cancelled       | cancelled   | agent user clock bank provider
          planned                     | collection.skipped         | skipped     | agent payer user clock bank provider
          planned retrying            | collection.submitted       | submitted   | clock
          submitted                   | collection.cancelled       | cancelled   | provider
          submitted                   | collection.collected       | collected   | clock
          collected                   | collection.settled         | settled     | clock
          submitted                   | collection.failed          | failed      | provider
          submitted collected settled | collection.failed          | failed      | bank
          failed                      | collection.retry_scheduled | retrying    | clock user
          retrying                    | collection.failed          | failed      | agent user clock bank provider
          collected settled           | clawback.received          | clawed_back | bank
          collected settled           | clawback.matched           | clawed_back | bank
          clawed_back                 | clawback.withdrawn         | settled     | bank
          clawed_back                 | clawback.upheld            | settled     | user
          """);

  /// What the scheme lets a collector present again by itself.
  private static final int MOST_RETRIES = 2;

  /// Days, of which two are processing days, over Christmas.
  private static final int LONGEST_SETTLING = 8;

  private static final long MOST_PENCE = 10_000_000;

  private final String id;
  private final MandateModel mandate;
  private String status = Rules.NOTHING;
  private int version;
  private long amount;
  private LocalDate dueOn = LocalDate.MIN;
  private LocalDate entryOn = LocalDate.MIN;
  private @Nullable LocalDate firstEntryOn;
  private @Nullable String reason;
  private int retriesOfClock;
  private int presentations;

  CollectionModel(String id, MandateModel mandate) {
    this.id = id;
    this.mandate = mandate;
  }

  public String id() {
    return id;
  }

  public MandateModel mandate() {
    return mandate;
  }

  public String status() {
    return status;
  }

  public int version() {
    return version;
  }

  public long amount() {
    return amount;
  }

  public LocalDate dueOn() {
    return dueOn;
  }

  public LocalDate entryOn() {
    return entryOn;
  }

  public int presentations() {
    return presentations;
  }

  boolean isPlanned() {
    return status.equals("planned");
  }

  boolean awaitsPresentation() {
    return isPlanned() || status.equals("retrying");
  }

  /// A debit beside the schedule.
  static Forecast oneOff(MandateModel under, long pence) {
    if (!under.canBePlanned()) return refused("invalid_state");
    if (pence > MOST_PENCE) return refused("amount_over_limit");

    return done("collection.scheduled").orRefused("past_cutoff");
  }

  /// @param pence the new amount, or the old one
  public Forecast amend(long pence, LocalDate day) {
    if (!isPlanned()) return refused("invalid_state");
    if (pence == amount && day.equals(dueOn)) return unchanged();
    if (pence > MOST_PENCE) return refused("amount_over_limit");

    return done("collection.amended").orRefused("past_cutoff");
  }

  public Forecast cancel() {
    return switch (status) {
      case "planned" -> done("collection.cancelled");
      case "retrying" -> done("collection.failed");
      case "cancelled" -> unchanged();
      default -> refused("invalid_state");
    };
  }

  /// @param pence what the caller takes the amount to be
  public Forecast retry(long pence, LocalDate today) {
    if (!status.equals("failed") || !mandate.collects()) return refused("invalid_state");
    if (reason != null && !reason.matches("ARUDD-[04789]")) return refused("not_representable");
    if (pence != amount) return refused("amount_mismatch");
    if (firstEntryOn != null && today.isAfter(firstEntryOn.plusMonths(1))) {
      return refused("too_late");
    }
    return done("collection.retry_scheduled").orRefused("too_late");
  }

  /// Whether the collector presents it again by itself, having come back for want of funds: if it
  /// was presented twice at most, and there is time enough before the month is over.
  boolean isToBeRetried(Instant returnedAt) {
    var nextAtLatest = LocalDate.ofInstant(returnedAt, MandateModel.LONDON).plusDays(14);
    return presentations <= MOST_RETRIES
        && !mandate.isOver()
        && firstEntryOn != null
        && !nextAtLatest.isAfter(firstEntryOn.plusMonths(1));
  }

  /// Whether something has to have happened to it by an instant. What is put off day by day while
  /// nothing can be collected is told of once.
  public boolean isDueBy(Instant now) {
    var today = LocalDate.ofInstant(now, MandateModel.LONDON);
    return switch (status) {
      case "planned" ->
          mandate.collects()
              && mandate.since().isBefore(now.minus(Duration.ofDays(2)))
              && entryOn.isBefore(today);
      case "retrying", "submitted" -> entryOn.isBefore(today);
      case "collected" -> entryOn.plusDays(LONGEST_SETTLING).isBefore(today);
      default -> false;
    };
  }

  /// Takes over what the log tells, which must be allowed.
  void see(Seen event) {
    var told = event.status();
    var next = told.equals("scheduled") || told.equals("pending_submission") ? "planned" : told;
    move(event, next);
    Broken.unless(event.version() > version, () -> this + " is followed by " + event);
    version = event.version();
    if (event.type().equals("collection.submitted")) present(event);
    if (event.type().equals("collection.retry_scheduled") && event.by().equals("clock")) {
      retriesOfClock++;
      Broken.unless(retriesOfClock <= MOST_RETRIES, () -> "one retry too many: " + event);
    }
    long pence = event.now().path("amount").asLong();
    Broken.unless(
        presentations == 0 || amount == 0 || pence == amount,
        () -> "the amount of what was presented changes from " + amount + ": " + event);
    amount = pence;
    dueOn = LocalDate.parse(event.now().path("dueOn").asText());
    entryOn = LocalDate.parse(event.now().path("entryOn").asText());
    reason = event.get("reason");
  }

  /// Takes over what becomes of it by a claim.
  void claimed(Seen event, String next) {
    move(event, next);
    version++;
  }

  private void move(Seen event, String next) {
    Broken.unless(
        RULES.allow(status, event.type(), next, event.by()),
        () -> "%s knows no %s to %s: %s".formatted(this, event.type(), next, event));
    status = next;
  }

  private void present(Seen event) {
    Broken.unless(mandate.collects(), () -> "presented under " + mandate + ": " + event);
    presentations++;
    var day = LocalDate.parse(event.now().path("entryOn").asText());
    if (firstEntryOn == null) firstEntryOn = day;
    var last = firstEntryOn.plusMonths(1);
    Broken.unless(
        presentations == 1 || !day.isAfter(last), () -> "presented again too late: " + event);
  }

  @Override
  public String toString() {
    return "collection %s of %d due %s, %s v%d, under %s"
        .formatted(id, amount, dueOn, status, version, mandate);
  }
}
