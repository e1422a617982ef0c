package dev.keyreeve.directdebit.watch.reporting;

import org.jspecify.annotations.Nullable;

/// The collections whose original entry day is in a window, in SQL: the rows `k`, one for each,
/// with what had become of it at an instant.
///
/// An attempt is what the later of `failed_at` and `settled_at` made of it, as far as that had
/// happened: `failed`, `settled`, or still `open`. One that the scheme did not take in, or that was
/// withdrawn before it was processed, is none.
///
/// A collection is *collected* if an attempt had settled, a later claim left aside. It is
/// *resolved* if it is collected, or if all attempts had failed and none was to follow: now its row
/// says so, at an earlier instant the last event before it.
final class Cohort {
  static final String OUTCOME =
      """
      case
        when t.failed_at <= :asOf
          and (t.settled_at is null or t.settled_at > :asOf or t.failed_at >= t.settled_at)
        then 'failed'
        when t.settled_at <= :asOf then 'settled'
        else 'open'
      end
      """;

  /// Whether a claim stood at the instant: neither withdrawn nor successfully challenged.
  static final String STANDING = "not (l.status in ('withdrawn', 'upheld') and l.since <= :asOf)";

  static final String SQL =
      """
      with c as (
        select id, mandate_id, schedule_id, amount, status, since, stage, outcome_final,
               coalesce(first_entry_on, entry_on) as day
        from collection
        where workspace_id = :workspace
          and coalesce(first_entry_on, entry_on) between :from and :to
          and created_at <= :asOf
      ),
      a as (
        select t.id, t.collection_id, t.n, t.amount, t.reason, t.entry_on,
               %s as outcome
        from attempt t
        join c on c.id = t.collection_id
        where t.workspace_id = :workspace and t.submitted_at <= :asOf
          and not (t.status in ('rejected', 'cancelled')
                   and coalesce(t.failed_at, t.submitted_at) <= :asOf)
      ),
      p as (
        select collection_id,
               count(*) as attempts,
               sum(amount) as attempt_value,
               count(*) filter (where outcome = 'failed') as failed,
               coalesce(sum(amount) filter (where outcome = 'failed'), 0) as failed_value,
               count(*) filter (where outcome = 'settled') as settled,
               coalesce(sum(amount) filter (where outcome = 'settled'), 0) as settled_value,
               bool_or(outcome = 'settled') as collected,
               bool_or(outcome = 'open') as open,
               (array_agg(outcome order by n))[1] as first_outcome,
               (array_agg(amount order by n))[1] as first_amount,
               (array_agg(reason order by n desc) filter (where outcome = 'failed'))[1] as reason
        from a
        group by collection_id
      ),
      standing as (
        select distinct l.collection_id
        from claim l
        where l.workspace_id = :workspace and l.collection_id is not null
          and l.created_at <= :asOf and %s
      ),
      k as (
        select c.id, c.mandate_id, c.schedule_id, c.day, c.amount, c.stage,
               case when c.since <= :asOf then c.status end as status,
               p.collection_id is not null as presented,
               p.attempts, p.attempt_value, p.failed, p.failed_value, p.settled, p.settled_value,
               p.first_outcome, p.first_amount, p.reason,
               coalesce(p.collected, false) as collected,
               l.collection_id is not null as claimed,
               case
                 when p.collection_id is null then false
                 when p.collected then true
                 when p.open then false
                 when :current then c.outcome_final
                 else coalesce(
                   (select (e.snapshot ->> 'outcomeFinal')::boolean
                    from event e
                    where e.workspace_id = :workspace and e.subject_id = c.id
                      and e.occurred_at <= :asOf
                    order by e.seq desc
                    limit 1),
                   c.outcome_final and c.since <= :asOf)
               end as resolved
        from c
        left join p on p.collection_id = c.id
        left join standing l on l.collection_id = c.id
      )
      """
          .formatted(OUTCOME, STANDING);

  /// Tables that the keys of groups come from.
  static final String KEY_SOURCES =
      """
      left join mandate m on m.id = k.mandate_id and m.workspace_id = :workspace
      left join schedule s on s.id = k.schedule_id and s.workspace_id = :workspace
      """;

  private Cohort() {}

  /// What names the group of a row of `k`.
  static String key(@Nullable Grouping grouping) {
    return switch (grouping) {
      case null -> "null::text";
      case DAY, WEEK, MONTH -> grouping.keyOf("k.day");
      case REASON -> "k.reason";
      case SCHEDULE_DAY ->
          "case when k.schedule_id is not null then " + Grouping.SCHEDULE_KEY + " end";
      case TAG -> "m.metadata ->> :tagKey";
    };
  }

  static String sources(@Nullable Grouping grouping) {
    return grouping == Grouping.SCHEDULE_DAY || grouping == Grouping.TAG ? KEY_SOURCES : "";
  }
}
