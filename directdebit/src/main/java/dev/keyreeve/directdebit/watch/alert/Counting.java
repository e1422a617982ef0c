package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.calendar.SubmissionWindow;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.CalendarMonth;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.RollingDays;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/// Counts what rules watch. Submissions and reports belong to a service user, which may be shared,
/// so that only a transaction of the server itself sees them.
final class Counting {
  /// From the input day to the day by whose noon returns are known.
  private static final int TO_THE_FIFTH_DAY = 4;

  private static final String FAILED =
      """
      a.status = 'failed' and a.failed_at >= :from and a.failed_at < :to
      and (:anyReason or a.reason = any(:reasons))
      """;
  private static final String FAILED_FOR_ANY_REASON =
      "a.status = 'failed' and a.failed_at >= :from and a.failed_at < :to";
  private static final String SETTLED =
      "a.status = 'settled' and a.settled_at >= :from and a.settled_at < :to";
  private static final String OF_ATTEMPTS =
      """
      from attempt a
      where a.workspace_id = :workspace
        and (:tagKey::text is null
             or exists (select from mandate m
                        where m.workspace_id = :workspace and m.id = a.mandate_id
                          and m.metadata ->> :tagKey = :tag))
      """;
  private static final String RESOLVED =
      "(select count(*) "
          + OF_ATTEMPTS
          + " and "
          + FAILED_FOR_ANY_REASON
          + ") + (select count(*) "
          + OF_ATTEMPTS
          + " and "
          + SETTLED
          + ")";
  private static final String OF_CLAIMS =
      """
      from claim c
      where c.workspace_id = :workspace and c.attempt_id is not null
        and (:tagKey::text is null
             or exists (select from mandate m
                        where m.workspace_id = :workspace and m.id = c.mandate_id
                          and m.metadata ->> :tagKey = :tag))
      """;
  private static final String RECEIVED =
      """
      c.received_on >= :first and c.received_on <= :last
      and (:anyReason or c.reason = any(:reasons))
      """;
  private static final String CANCELLED_BY_PAYER =
      """
      from event e join mandate m on m.workspace_id = e.workspace_id and m.id = e.subject_id
      where e.workspace_id = :workspace and (:tagKey::text is null or m.metadata ->> :tagKey = :tag)
        and e.type = 'mandate.cancelled' and e.snapshot ->> 'initiator' = 'payer'
        and e.occurred_at >= :from and e.occurred_at < :to
      """;
  private static final String OF_INVITES =
      """
      from mandate_invite i join mandate m on m.workspace_id = i.workspace_id and m.id = i.mandate_id
      where i.workspace_id = :workspace and (:tagKey::text is null or m.metadata ->> :tagKey = :tag)
        and i.created_at >= :from and i.created_at < :to
      """;

  private final BacsCalendar calendar;

  Counting(BacsCalendar calendar) {
    this.calendar = calendar;
  }

  /// What a rule's metric comes to on a London day: one finding for the rule's scope, or one for
  /// each thing that has to be looked at.
  List<Finding> of(Tx tx, Rule rule, LocalDate day) {
    if (!collectsBy(tx, rule)) {
      return rule.metric().isOfOne()
          ? List.of()
          : List.of(new Finding(rule.scope().text(), Counts.of(0), List::of));
    }
    var counted = new Counted(tx, rule, day);
    return switch (rule.metric()) {
      case FAILURE_RATE -> counted.failures();
      case CLAWBACK_RATE -> counted.clawbacks();
      case FAMILY_RATE -> counted.family();
      case PAYER_CANCELLATION_RATE -> counted.payerCancellations();
      case INVITE_CONVERSION -> counted.inviteConversion();
      case CLAIM_AMOUNT -> counted.claims();
      case CLAIM_DEADLINE -> counted.claimDeadlines();
      case UNMATCHED_CLAIM -> counted.unmatchedClaims();
      case UNMATCHED_ITEMS -> counted.unmatchedItems();
      case UNACTIONED_ADVICES -> counted.unactionedAdvices();
      case MISSING_REPORT -> counted.missingReports();
      case SUBMISSION_NOT_ACCEPTED -> counted.submissionsNotAccepted();
      case DORMANT_MANDATES -> counted.dormantMandates();
      case SERVICE_USER_DIFFERS -> counted.serviceUserDiffers();
    };
  }

  /// A workspace collects by one service user, so a rule for another counts nothing.
  private static boolean collectsBy(Tx tx, Rule rule) {
    var number = rule.scope().serviceUser();
    if (number == null) return true;

    return tx.query(
            """
            select exists (
              select from collector c join service_user s on s.id = c.service_user_id
              where c.workspace_id = :workspace and s.number = :number)
            """)
        .bind("number", number)
        .mapTo(Boolean.class)
        .one();
  }

  /// One rule on one day.
  private final class Counted {
    private final Tx tx;
    private final Rule rule;
    private final LocalDate first;
    private final LocalDate day;

    Counted(Tx tx, Rule rule, LocalDate day) {
      this.tx = tx;
      this.rule = rule;
      this.day = day;
      this.first = rule.window().firstOf(day);
    }

    List<Finding> failures() {
      return rate(
          "select (select count(*) "
              + OF_ATTEMPTS
              + " and "
              + FAILED
              + ") as numerator, "
              + RESOLVED
              + " as denominator",
          this::failedAttempts);
    }

    List<Finding> clawbacks() {
      return rate(
          "select (select count(*) "
              + OF_CLAIMS
              + " and "
              + RECEIVED
              + ") as numerator, (select count(*) "
              + OF_ATTEMPTS
              + " and "
              + SETTLED
              + ") as denominator",
          this::receivedClaims);
    }

    List<Finding> family() {
      return rate(
          "select (select count(*) "
              + OF_ATTEMPTS
              + " and "
              + FAILED
              + ") + (select count(*) "
              + OF_CLAIMS
              + " and "
              + RECEIVED
              + ") as numerator, "
              + RESOLVED
              + " as denominator",
          () -> {
            var both = new ArrayList<>(failedAttempts());
            both.addAll(receivedClaims());
            return both;
          });
    }

    /// Which were in force before the window is told by the rows that have not changed since, and
    /// of the others by the feed.
    List<Finding> payerCancellations() {
      return rate(
          "select (select count(distinct e.subject_id) "
              + CANCELLED_BY_PAYER
              + """
              ) as numerator,
              (select count(*) from mandate m
               where m.workspace_id = :workspace
                 and (:tagKey::text is null or m.metadata ->> :tagKey = :tag)
                 and case
                   when m.since < :from then m.status
                   else (select e.snapshot ->> 'status' from event e
                         where e.workspace_id = :workspace and e.subject_id = m.id
                           and (e.type like 'mandate.%' or e.type like 'invite.%')
                           and e.occurred_at < :from
                           and e.snapshot ->> 'status' is not null
                         order by e.seq desc limit 1)
                 end in ('active', 'suspended')) as denominator
              """,
          () ->
              evidence(
                  EvidenceKind.MANDATE,
                  "select distinct e.subject_id as id " + CANCELLED_BY_PAYER));
    }

    List<Finding> inviteConversion() {
      return rate(
          """
          select count(*) filter (where i.status = 'completed') as numerator, count(*) as denominator
          """
              + OF_INVITES
              + " and i.status in ('completed', 'expired', 'bounced')",
          () ->
              evidence(
                  EvidenceKind.MANDATE,
                  "select distinct i.mandate_id as id "
                      + OF_INVITES
                      + " and i.status in ('expired', 'bounced')"));
    }

    List<Finding> claims() {
      return each(
          EvidenceKind.CLAIM,
          """
          select c.id, c.amount as value from claim c
          left join mandate m on m.workspace_id = c.workspace_id and m.id = c.mandate_id
          where c.workspace_id = :workspace and c.amount >= :warn
            and (:tagKey::text is null or m.metadata ->> :tagKey = :tag)
            and c.status in ('received', 'under_review', 'accepted', 'challenged', 'rejected')
          order by c.id
          """);
    }

    List<Finding> claimDeadlines() {
      return tx.query(
              """
              select c.id, c.challenge_by from claim c
              left join mandate m on m.workspace_id = c.workspace_id and m.id = c.mandate_id
              where c.workspace_id = :workspace and c.status in ('received', 'under_review')
                and (:tagKey::text is null or m.metadata ->> :tagKey = :tag)
                and c.challenge_by between :day and :until
              order by c.id
              """)
          .bind("tagKey", rule.scope().tagKey())
          .bind("tag", rule.scope().tagValue())
          .bind("day", day)
          .bind("until", calendar.plus(day, (int) rule.warn()))
          .map(
              (row, _) ->
                  one(
                      EvidenceKind.CLAIM,
                      row.getString("id"),
                      calendar.between(day, row.getObject("challenge_by", LocalDate.class))))
          .list();
    }

    /// A tag is a mandate's, and which mandate such a claim is about need not be known.
    List<Finding> unmatchedClaims() {
      return since(
          EvidenceKind.CLAIM,
          """
          select c.id, c.received_on as began from claim c
          left join mandate m on m.workspace_id = c.workspace_id and m.id = c.mandate_id
          where c.workspace_id = :workspace and c.attempt_id is null
            and (:tagKey::text is null or m.metadata ->> :tagKey = :tag)
            and c.status not in ('withdrawn', 'upheld', 'settled')
          order by c.id
          """);
    }

    List<Finding> unmatchedItems() {
      return count(
          "select (select count(*) "
              + PARKED
              + " and d.told_at < :to) + (select count(*) "
              + UNREAD
              + " and f.received_at < :to) as numerator",
          List::of);
    }

    List<Finding> unactionedAdvices() {
      var since = calendar.minus(day, days());
      return List.of(
          new Finding(
              rule.scope().text(),
              Counts.of(
                  tx.query(
                          "select count(*) "
                              + PARKED
                              + " and d.told_at < :since and lower(f.kind) in ('addacs', 'auddis')")
                      .bind("since", London.startOf(since))
                      .mapTo(Long.class)
                      .one()),
              List::of));
    }

    List<Finding> missingReports() {
      var found = new ArrayList<Finding>();
      var submissions =
          tx.query(
                  """
                  select s.id, s.input_day,
                         (select array_agg(f.received_at) from report_file f
                          where f.service_user_id = s.service_user_id
                            and lower(f.kind) = 'arudd' and f.status <> 'repeated'
                            and f.received_at >= s.input_day) as reports
                  """
                      + OWN_SUBMISSIONS
                      + """
                         and s.debits > 0 and s.debits >= :minSample
                         and s.status in ('accepted', 'partly_rejected')
                       order by s.id
                      """)
              .bind("first", first)
              .bind("day", day)
              .bind("minSample", rule.minSample())
              .map(
                  (row, _) ->
                      new Submitted(
                          row.getString("id"),
                          row.getObject("input_day", LocalDate.class),
                          row.getArray("reports") == null
                              ? List.of()
                              : List.of((Timestamp[]) row.getArray("reports").getArray())))
              .list();
      for (var submission : submissions) {
        var fifth = calendar.plus(submission.inputDay(), TO_THE_FIFTH_DAY);
        if (tx.now().isBefore(London.at(fifth, BacsCalendar.REPORTS_BY))) continue;

        var fourth = London.startOf(calendar.previous(fifth));
        if (submission.reports().stream().anyMatch(at -> !at.toInstant().isBefore(fourth)))
          continue;

        found.add(one(EvidenceKind.SUBMISSION, submission.id(), calendar.between(fifth, day) + 1));
      }
      return found;
    }

    List<Finding> submissionsNotAccepted() {
      var found = new ArrayList<Finding>();
      var submissions =
          tx.query(
                  "select s.id, s.input_day "
                      + OWN_SUBMISSIONS
                      + """
                         and s.status in ('sealed', 'sent', 'rejected')
                         and not (s.status = 'sent' and exists (
                           select from service_user u
                           where u.id = s.service_user_id and u.scheme = 'gocardless'))
                       order by s.id
                      """)
              .bind("first", first)
              .bind("day", day)
              .map(
                  (row, _) ->
                      new Submitted(
                          row.getString("id"),
                          row.getObject("input_day", LocalDate.class),
                          List.of()))
              .list();
      for (var submission : submissions) {
        if (tx.now().isBefore(London.at(submission.inputDay(), SubmissionWindow.BACS_CLOSES)))
          continue;

        int waiting = calendar.between(submission.inputDay(), day);
        found.add(one(EvidenceKind.SUBMISSION, submission.id(), Math.max(1, waiting)));
      }
      return found;
    }

    List<Finding> dormantMandates() {
      return count(
          "select count(*) as numerator " + DORMANT,
          () -> evidence(EvidenceKind.MANDATE, "select m.id " + DORMANT));
    }

    List<Finding> serviceUserDiffers() {
      return each(
          EvidenceKind.MANDATE,
          """
          select m.id, 1 as value from mandate m
          where m.workspace_id = :workspace and m.status = 'cancelled' and m.reason = 'ARUDD-A'
            and m.since >= :from and m.since < :to
            and (:tagKey::text is null or m.metadata ->> :tagKey = :tag)
          order by m.id
          """);
    }

    private List<AlertEvidence> failedAttempts() {
      return evidence(EvidenceKind.ATTEMPT, "select a.id " + OF_ATTEMPTS + " and " + FAILED);
    }

    private List<AlertEvidence> receivedClaims() {
      return evidence(EvidenceKind.CLAIM, "select c.id " + OF_CLAIMS + " and " + RECEIVED);
    }

    private List<Finding> rate(String sql, Supplier<List<AlertEvidence>> evidence) {
      var counts =
          query(sql)
              .map((row, _) -> new Counts(row.getLong("numerator"), row.getLong("denominator")))
              .one();
      return List.of(new Finding(rule.scope().text(), counts, evidence));
    }

    private List<Finding> count(String sql, Supplier<List<AlertEvidence>> evidence) {
      var counts = query(sql).map((row, _) -> Counts.of(row.getLong("numerator"))).one();
      return List.of(new Finding(rule.scope().text(), counts, evidence));
    }

    private List<Finding> each(EvidenceKind kind, String sql) {
      return query(sql)
          .map((row, _) -> one(kind, row.getString("id"), row.getLong("value")))
          .list();
    }

    private List<Finding> since(EvidenceKind kind, String sql) {
      return query(sql)
          .map(
              (row, _) ->
                  one(
                      kind,
                      row.getString("id"),
                      calendar.between(row.getObject("began", LocalDate.class), day) + 1))
          .list();
    }

    private Finding one(EvidenceKind kind, String id, long value) {
      return new Finding(
          kind.word() + ":" + id, Counts.of(value), () -> List.of(new AlertEvidence(kind, id)));
    }

    private List<AlertEvidence> evidence(EvidenceKind kind, String sql) {
      return query(sql).map((row, _) -> new AlertEvidence(kind, row.getString("id"))).list();
    }

    private Query query(String sql) {
      var family = rule.family();
      var query =
          tx.query(sql)
              .bind("tagKey", rule.scope().tagKey())
              .bind("tag", rule.scope().tagValue())
              .bind("from", London.startOf(first))
              .bind("to", London.startOf(day.plusDays(1)))
              .bind("first", first)
              .bind("last", day)
              .bind("warn", rule.warn())
              .bind("ahead", day.plusDays(days()))
              .bind("anyReason", family == null)
              .bindArray("reasons", String.class, family == null ? List.of() : family.codes());
      query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
      return query;
    }

    private int days() {
      return switch (rule.window()) {
        case RollingDays(int days) -> days;
        case CalendarMonth _ -> day.lengthOfMonth();
      };
    }
  }

  /// What is parked and about this workspace, or about nobody known while only this workspace
  /// collects by the service user.
  private static final String PARKED =
      """
      from advice d left join report_file f on f.id = d.report_file_id
      where d.status = 'parked'
        and (d.workspace_id = :workspace
          or d.workspace_id is null
            and d.service_user_id =
              (select c.service_user_id from collector c where c.workspace_id = :workspace)
            and 1 = (select count(*) from collector c where c.service_user_id = d.service_user_id))
      """;

  /// Reports that could not be read, of a service user by which only this workspace collects.
  private static final String UNREAD =
      """
      from report_file f join collector c on c.service_user_id = f.service_user_id
      where c.workspace_id = :workspace and f.status = 'parked' and f.kind is null
        and 1 = (select count(*) from collector o where o.service_user_id = f.service_user_id)
      """;

  private static final String OWN_SUBMISSIONS =
      """
      from submission s
      join collector c on c.service_user_id = s.service_user_id and c.workspace_id = :workspace
      where s.input_day >= :first and s.input_day <= :day
      """;

  private static final String DORMANT =
      """
      from mandate m join collector c on c.workspace_id = m.workspace_id
      where m.workspace_id = :workspace and m.status = 'active'
        and (:tagKey::text is null or m.metadata ->> :tagKey = :tag)
        and coalesce(m.last_presented_on, (m.since at time zone 'Europe/London')::date)
            + make_interval(months => c.dormancy_months) <= :ahead
      """;

  private record Submitted(String id, LocalDate inputDay, List<Timestamp> reports) {}
}
