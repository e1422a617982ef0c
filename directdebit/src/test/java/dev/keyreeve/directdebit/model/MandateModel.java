package dev.keyreeve.directdebit.model;

import static dev.keyreeve.directdebit.model.Forecast.done;
import static dev.keyreeve.directdebit.model.Forecast.refused;
import static dev.keyreeve.directdebit.model.Forecast.unchanged;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One mandate by the rules: what can be asked of it, and what may become of it.
public final class MandateModel {
  static final ZoneId LONDON = ZoneId.of("Europe/London");

  /// What may happen to a mandate. Banks speak of instructions that they have or had; a payer has
  /// the bank bring back what that payer had cancelled there, or what was unused for long; only a
  /// suspension is lifted by itself.
  private static final Rules RULES =
      Rules.of(
          """
          -                                        | mandate.invited     | invited            | agent
          -                                        | mandate.created     | pending_submission | agent
          invited invite_expired                   | mandate.invited     | invited            | agent
          invited                                  | invite.viewed       | =                  | payer
          invited                                  | invite.completed    | pending_submission | payer
          invited                                  | invite.expired      | invite_expired     | clock
          invited                                  | invite.revoked      | invite_expired     | agent
          pending_submission                       | mandate.submitted   | submitted          | provider
          submitted                                | mandate.active      | active             | provider
          submitted                                | mandate.failed      | failed             | bank
          active                                   | mandate.suspended   | suspended          | agent bank
          suspended                                | mandate.suspended   | suspended          | bank
          suspended                                | mandate.reactivated | active             | agent clock
          invited invite_expired                   | mandate.cancelled   | cancelled          | agent
          pending_submission                       | mandate.cancelled   | cancelled          | agent
          submitted active suspended               | mandate.cancelled   | cancelled          | agent bank
          active suspended                         | mandate.transferred | =                  | bank
          submitted active suspended               | mandate.amended     | =                  | bank
          active suspended                         | mandate.updated     | =                  | provider
          active                                   | mandate.expired     | expired            | provider
          cancelled                                | mandate.updated     | =                  | bank
          cancelled expired                        | mandate.reinstated  | active             | bank
          cancelled failed expired                 | mandate.reactivated | pending_submission | agent
          invited invite_expired pending_submission | mandate.updated    | =                  | agent
          submitted active suspended               | mandate.updated     | =                  | agent
          cancelled failed expired                 | mandate.updated     | =                  | agent
          """);

  private static final Set<String> IN_FORCE = Set.of("active", "suspended");
  private static final Set<String> OVER = Set.of("cancelled", "failed", "expired");

  /// Ends that the payer's word brought about, so that only the payer can bring the mandate back.
  private static final Set<String> PAYERS_OWN =
      Set.of(
          "ADDACS-1",
          "ARUDD-1",
          "AUDDIS-1",
          "DDIC-1",
          "DDIC-2",
          "DDIC-4",
          "DDIC-5",
          "DDIC-6",
          "DDIC-7",
          "DDIC-8");

  private static final int MOST_SUBMISSIONS = 11;

  /// Four processing days, over Christmas.
  private static final Duration LONGEST_LODGING = Duration.ofDays(10);

  private final String id;
  private final String reference;
  private String status = Rules.NOTHING;
  private int version;
  private int submissions;
  private boolean resubmitting;
  private @Nullable String initiator;
  private @Nullable String reason;
  private @Nullable LocalDate until;
  private Instant since = Instant.MIN;
  private @Nullable Instant submittedAt;
  private boolean isToldToBeLodged;

  MandateModel(String id, String reference) {
    this.id = id;
    this.reference = reference;
  }

  public String id() {
    return id;
  }

  public String reference() {
    return reference;
  }

  public String status() {
    return status;
  }

  public int version() {
    return version;
  }

  public Instant since() {
    return since;
  }

  boolean isInForce() {
    return IN_FORCE.contains(status);
  }

  public boolean isOver() {
    return OVER.contains(status);
  }

  @Nullable String initiator() {
    return initiator;
  }

  /// Whether a debit may go out under it. One whose account has changed waits for the new bank.
  boolean collects() {
    return status.equals("active") && !resubmitting;
  }

  /// Whether anybody can tell on which day a debit could be made.
  boolean canBePlanned() {
    return switch (status) {
      case "pending_submission", "submitted", "active" -> true;
      case "suspended" -> until != null;
      default -> false;
    };
  }

  public Forecast cancel() {
    return switch (status) {
      case "cancelled" -> unchanged();
      case "failed", "expired" -> refused("invalid_state");
      default -> done("mandate.cancelled");
    };
  }

  /// @param end the day on which it is to be lifted by itself
  public Forecast suspend(@Nullable LocalDate end, LocalDate today) {
    if (end != null && !end.isAfter(today)) return refused("date_not_to_come");

    return status.equals("active") ? done("mandate.suspended") : refused("invalid_state");
  }

  /// @param agreedAt when the payer has agreed once more
  public Forecast reactivate(@Nullable Instant agreedAt, Instant now) {
    if (status.equals("suspended")) return done("mandate.reactivated");
    if (!isOver()) return refused("invalid_state");

    boolean isFresh = agreedAt != null && agreedAt.isAfter(since) && !agreedAt.isAfter(now);
    return isReactivatable(isFresh)
        ? done("mandate.reactivated")
        : refused("mandate_not_reactivatable");
  }

  /// The dead, closed and missing accounts stay away for good, accounts for which a bank takes no
  /// instruction too, and whom the payer has sent away until the payer agrees once more; what was
  /// never authorised has nothing to come back to.
  private boolean isReactivatable(boolean freshConsent) {
    if (submissions == 0 || submissions >= MOST_SUBMISSIONS) return false;
    if (reason == null) return true;
    if (isForGood(reason)) return false;
    return !PAYERS_OWN.contains(reason) || freshConsent;
  }

  private static boolean isForGood(String reason) {
    return isOfDeath(reason) || reason.matches("(ADDACS|ARUDD|AUDDIS)-B|(ARUDD|AUDDIS)-5|ADDACS-0");
  }

  private static boolean isOfDeath(String reason) {
    return reason.matches("(ADDACS|ARUDD|AUDDIS)-2");
  }

  public Forecast resendInvite() {
    return switch (status) {
      case "invited", "invite_expired" -> done("mandate.invited");
      default -> refused("invalid_state");
    };
  }

  public Forecast revokeInvite() {
    return status.equals("invited") ? done("invite.revoked") : refused("invalid_state");
  }

  /// @param isCurrent whether the link is the last one, and has not run out
  public Forecast complete(boolean isCurrent) {
    return status.equals("invited") && isCurrent
        ? done("invite.completed")
        : refused("invite_expired");
  }

  public Forecast describe() {
    return done("mandate.updated");
  }

  /// A new schedule, whose first day may be too near.
  public Forecast replan() {
    return isOver()
        ? refused("invalid_state")
        : done("mandate.updated").orRefused("notice_too_short");
  }

  /// What the payer's bank may report of the instruction, by the code with which it does; `parked`
  /// is refused, for a person to look at.
  ///
  /// @param code such as `ADDACS-1`; `ADDACS-3-NEW` tells the new account, `ADDACS-C-HALF` a part
  ///   of it
  public Forecast bankSays(String code, Instant now) {
    return switch (code) {
      case "ADDACS-0", "ADDACS-1", "ADDACS-2", "ADDACS-B" ->
          isLodged()
              ? done("mandate.cancelled")
              : status.equals("cancelled") ? heard(code) : parked();
      case "ADDACS-3", "ADDACS-D" ->
          isInForce() ? suspendedFor(code) : isOver() ? unchanged() : parked();
      case "ADDACS-3-NEW" -> isInForce() ? done("mandate.transferred") : parked();
      case "ADDACS-C", "ADDACS-C-NEW", "ADDACS-E", "AUDDIS-C-NEW" ->
          isLodged() ? done("mandate.amended") : parked();
      case "ADDACS-C-HALF" -> parked();
      case "ADDACS-R" ->
          isReinstatable(now)
              ? done("mandate.reinstated")
              : status.equals("active") ? unchanged() : parked();
      // A code that nobody knows.
      case "ADDACS-Y", "AUDDIS-7" -> parked();
      default -> notLodged(code);
    };
  }

  /// An instruction that is returned has failed before it began; one for a new account ends what
  /// was in force at the old one.
  private Forecast notLodged(String code) {
    if (!code.startsWith("AUDDIS-")) throw new IllegalArgumentException(code);

    // A new account that nothing can be done with is for a person.
    if (code.endsWith("-NEW") && isOver()) return parked();

    return switch (status) {
      case "submitted" -> done("mandate.failed");
      case "active", "suspended" -> resubmitting ? done("mandate.cancelled") : parked();
      case "cancelled" -> heard(code);
      case "failed" -> unchanged();
      default -> parked();
    };
  }

  /// What was cancelled stays so, for the reason that weighs more.
  private Forecast heard(String code) {
    return weight(code) > weight(reason) ? done("mandate.updated") : unchanged();
  }

  private static int weight(@Nullable String reason) {
    if (reason == null) return 0;
    if (isOfDeath(reason)) return 4;
    if (isForGood(reason)) return 3;
    return !PAYERS_OWN.contains(reason) ? 0 : isUndoneAtTheBank(reason) ? 1 : 2;
  }

  private static boolean isUndoneAtTheBank(String reason) {
    return reason.equals("ADDACS-1") || reason.equals("ARUDD-1");
  }

  /// A bank's suspension takes the place of another, and has no end of its own.
  private Forecast suspendedFor(String code) {
    boolean isSo = status.equals("suspended") && until == null && code.equals(reason);
    return isSo ? unchanged() : done("mandate.suspended");
  }

  private static Forecast parked() {
    return refused("parked");
  }

  private boolean isLodged() {
    return isInForce() || status.equals("submitted");
  }

  /// What a debit that came back means for its mandate: the event that follows, null if none does.
  @Nullable String owedFor(String code) {
    return switch (code) {
      case "ARUDD-0" -> null;
      case "ARUDD-3", "ARUDD-4", "ARUDD-7", "ARUDD-8", "ARUDD-9" ->
          isInForce() && suspendedFor(code).events().size() == 1 ? "mandate.suspended" : null;
      case "ARUDD-1", "ARUDD-2", "ARUDD-5", "ARUDD-6", "ARUDD-A", "ARUDD-B" ->
          isLodged() ? "mandate.cancelled" : null;
      default -> throw new IllegalArgumentException(code);
    };
  }

  /// Whether a claim for this reason could have left it as it is.
  boolean mayStandAfterClaim(String code) {
    return !code.matches("DDIC-[34568]") || !isLodged();
  }

  /// Payers take back what they have said at the bank, for two months, and at the bank alone.
  private boolean isReinstatable(Instant now) {
    var lastDay = LocalDate.ofInstant(since, LONDON).plusMonths(2);
    if (LocalDate.ofInstant(now, LONDON).isAfter(lastDay)) return false;
    if (status.equals("expired")) return true;

    return status.equals("cancelled")
        && !"agent".equals(initiator)
        && !resubmitting
        && reason != null
        && isUndoneAtTheBank(reason);
  }

  /// What a person makes the sandbox's bank do.
  public Forecast simulate(String verb, Instant now) {
    if (submissions == 0) return refused("nothing_to_simulate");

    var forecast =
        switch (verb) {
          case "mandate_activated" ->
              status.equals("submitted") ? done("mandate.active") : parked();
          case "mandate_failed" -> status.equals("submitted") ? done("mandate.failed") : parked();
          case "mandate_cancelled" -> isLodged() ? done("mandate.cancelled") : parked();
          case "mandate_transferred" -> isInForce() ? done("mandate.transferred") : parked();
          case "mandate_reinstated" -> isReinstatable(now) ? done("mandate.reinstated") : parked();
          case "mandate_expired" -> status.equals("active") ? done("mandate.expired") : parked();
          default -> throw new IllegalArgumentException(verb);
        };
    isToldToBeLodged = verb.equals("mandate_activated") && forecast.mayBeDone();
    return forecast.mayBeDone() ? forecast : refused("invalid_state");
  }

  /// Takes over what the log tells, which must be allowed.
  void see(Seen event) {
    Broken.unless(
        RULES.allow(status, event.type(), event.status(), event.by()),
        () -> "a mandate that is %s knows no %s to %s".formatted(status, event.type(), event));
    Broken.unless(
        event.version() == (event.type().equals("invite.viewed") ? version : version + 1),
        () -> "version " + version + " is followed by " + event);
    if (event.type().equals("mandate.reinstated")) {
      Broken.unless(isReinstatable(event.at()), () -> "not the bank's to bring back: " + event);
    }
    if (event.type().equals("mandate.submitted")) submittedAt = event.at();
    if (event.type().equals("mandate.active")) activated(event);
    status = event.status();
    version = event.version();
    submissions = event.now().path("submissions").asInt();
    resubmitting = event.now().path("resubmitting").asBoolean();
    initiator = event.get("initiator");
    reason = event.get("reason");
    var end = event.get("suspendedUntil");
    until = end == null ? null : LocalDate.parse(end);
    since = Instant.parse(event.now().path("since").asText());
  }

  /// Silence says that an instruction is lodged, once the banks have had their days to return it:
  /// the entry day is two weekdays after the run at least, and the last return comes a day later.
  private void activated(Seen event) {
    var sentOn = submittedAt == null ? LocalDate.MAX : LocalDate.ofInstant(submittedAt, LONDON);
    Broken.unless(
        isToldToBeLodged
            || !sentOn.isAfter(weekdaysBefore(LocalDate.ofInstant(event.at(), LONDON), 3)),
        () -> "lodged too soon after " + submittedAt + ": " + event);
    isToldToBeLodged = false;
  }

  private static LocalDate weekdaysBefore(LocalDate day, int many) {
    var before = day;
    for (int left = many; left > 0; ) {
      before = before.minusDays(1);
      if (before.getDayOfWeek().getValue() <= 5) left--;
    }
    return before;
  }

  /// When something has to have happened to it by itself; null if nothing has.
  public @Nullable Instant dueBy() {
    return switch (status) {
      case "submitted" -> submittedAt == null ? null : submittedAt.plus(LONGEST_LODGING);
      case "suspended" -> until == null ? null : until.atStartOfDay(LONDON).toInstant();
      default -> null;
    };
  }

  @Override
  public String toString() {
    return "mandate %s %s v%d%s%s"
        .formatted(
            reference,
            status,
            version,
            reason == null ? "" : " (" + reason + ")",
            resubmitting ? " resubmitting" : "");
  }
}
