package dev.keyreeve.platform.webhook;

import dev.keyreeve.platform.delivery.Deliveries;
import dev.keyreeve.platform.delivery.DeliveryTerms;
import dev.keyreeve.platform.delivery.Disposition;
import dev.keyreeve.platform.delivery.Receipt;
import dev.keyreeve.platform.delivery.RetrySchedule;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.EventLog;
import dev.keyreeve.platform.tenancy.RowSight;
import dev.keyreeve.platform.webhook.EndpointView.DisabledReason;
import dev.keyreeve.procedure.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Turns events into deliveries, and tells endpoints of them.
///
/// **Once.** Each event becomes at most one delivery for each endpoint, and each of its attempts is
/// a row of its own. A receiver that gets an event more than once gets it with the same
/// `webhook-id`.
///
/// **Order.** One endpoint has one request at a time. Of the deliveries that are due, the one with
/// the lowest event number goes first; one that failed is due again later and holds up nobody. So
/// an endpoint that accepts everything is told in the order of numbers, and one that does not has
/// to order by `seq` itself.
///
/// **Locks.** The endpoint is locked before its deliveries, here as everywhere.
final class WebhookDeliveries implements Deliveries<WebhookDeliveries.Attempt, AttemptResult> {
  /// A claim is longer than one request can take, its name's resolution included. A delivery is
  /// tried ten times in all, over a little more than three days.
  static final DeliveryTerms TERMS =
      new DeliveryTerms(
          Duration.ofMinutes(1),
          20,
          DeliveryTerms.AS_SCHEDULED,
          new RetrySchedule(
              List.of(
                  Duration.ofSeconds(5),
                  Duration.ofMinutes(5),
                  Duration.ofMinutes(30),
                  Duration.ofHours(2),
                  Duration.ofHours(5),
                  Duration.ofHours(10),
                  Duration.ofHours(14),
                  Duration.ofHours(20),
                  Duration.ofHours(24))));

  /// How many events are looked at in one transaction.
  private static final int LOOKED_AT = 10_000;

  private final Jdbi jdbi;
  private final EndpointStore endpoints;
  private final Sender sender;

  WebhookDeliveries(Jdbi jdbi, EndpointStore endpoints, Sender sender) {
    this.jdbi = jdbi;
    this.endpoints = endpoints;
    this.sender = sender;
  }

  /// One request, signed.
  record Attempt(
      String endpoint,
      String workspace,
      long seq,
      int number,
      String url,
      Map<String, String> headers,
      String body) {}

  private record Endpoint(String workspace, String url, List<String> types, long position) {}

  @Override
  public List<String> due(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select e.id
                    from webhook_endpoint e
                    join workspace w on w.id = e.workspace_id
                    where e.disabled_reason is null
                      and (e.claimed_until is null or e.claimed_until <= :now)
                      and (e.position < w.event_seq
                           or exists (select from webhook_delivery d
                                      where d.endpoint_id = e.id and d.status = 'pending'
                                        and d.next_try_at <= :now))
                    """)
                .bind("now", now)
                .mapTo(String.class)
                .list());
  }

  @Override
  public Optional<Attempt> claim(String endpoint, Instant now, Instant until) {
    return jdbi.inTransaction(handle -> claim(handle, endpoint, now, until));
  }

  private Optional<Attempt> claim(Handle handle, String id, Instant now, Instant until) {
    var found = lock(handle, id, now);
    if (found.isEmpty()) return Optional.empty();

    var endpoint = found.get();
    abandon(handle, id);
    considerEvents(handle, id, endpoint, now);
    var due = firstDue(handle, id, now);
    if (due.isEmpty()) {
      free(handle, id, null);
      return Optional.empty();
    }
    long seq = due.get();
    int number = begin(handle, id, seq, now);
    free(handle, id, until);
    return Optional.of(prepare(handle, id, endpoint, seq, number, now));
  }

  private static Optional<Endpoint> lock(Handle handle, String id, Instant now) {
    return handle
        .createQuery(
            """
            select workspace_id, url, event_types, position
            from webhook_endpoint
            where id = :id and disabled_reason is null
              and (claimed_until is null or claimed_until <= :now)
            for update skip locked
            """)
        .bind("id", id)
        .bind("now", now)
        .map((row, _) -> endpoint(row))
        .findOne();
  }

  private static Endpoint endpoint(ResultSet row) throws SQLException {
    return new Endpoint(
        row.getString("workspace_id"),
        row.getString("url"),
        List.of((String[]) row.getArray("event_types").getArray()),
        row.getLong("position"));
  }

  /// The claim has run out, so whoever made this attempt will not say how it ended.
  private static void abandon(Handle handle, String id) {
    handle
        .createUpdate(
            """
            update webhook_attempt set ending = 'abandoned'
            where endpoint_id = :id and ending is null
            """)
        .bind("id", id)
        .execute();
  }

  /// Makes deliveries of the events after the endpoint's position. A test goes to its own endpoint,
  /// whatever that asked for, and to no other.
  private static void considerEvents(Handle handle, String id, Endpoint endpoint, Instant now) {
    long last =
        handle
            .createQuery("select event_seq from workspace where id = :workspace")
            .bind("workspace", endpoint.workspace())
            .mapTo(Long.class)
            .one();
    if (endpoint.position() >= last) return;

    RowSight.turnTo(handle, endpoint.workspace());
    long position = Math.min(last, endpoint.position() + LOOKED_AT);
    handle
        .createUpdate(
            """
            insert into webhook_delivery (endpoint_id, seq, workspace_id, status, asked_at,
                                          next_try_at)
            select :id, e.seq, e.workspace_id, 'pending', :now, :now
            from event e
            where e.workspace_id = :workspace and e.seq > :from and e.seq <= :to
              and case when e.type = :test then e.subject_id = :id
                       else e.type like any(:patterns) end
            on conflict (endpoint_id, seq) do nothing
            """)
        .bind("id", id)
        .bind("workspace", endpoint.workspace())
        .bind("from", endpoint.position())
        .bind("to", position)
        .bind("test", WebhookEvents.TEST)
        .bindArray("patterns", String.class, Subscription.patterns(endpoint.types()))
        .bind("now", now)
        .execute();
    handle
        .createUpdate("update webhook_endpoint set position = :position where id = :id")
        .bind("id", id)
        .bind("position", position)
        .execute();
  }

  private static Optional<Long> firstDue(Handle handle, String id, Instant now) {
    return handle
        .createQuery(
            """
            select seq from webhook_delivery
            where endpoint_id = :id and status = 'pending' and next_try_at <= :now
            order by seq
            limit 1
            """)
        .bind("id", id)
        .bind("now", now)
        .mapTo(Long.class)
        .findOne();
  }

  private static int begin(Handle handle, String id, long seq, Instant now) {
    return handle
        .createQuery(
            """
            with begun as (
              update webhook_delivery set attempts = attempts + 1, tries = tries + 1
              where endpoint_id = :id and seq = :seq
              returning attempts)
            insert into webhook_attempt (endpoint_id, seq, number, started_at)
            select :id, :seq, attempts, :now from begun
            returning number
            """)
        .bind("id", id)
        .bind("seq", seq)
        .bind("now", now)
        .mapTo(Integer.class)
        .one();
  }

  /// Until when nobody sends anything to the endpoint; null if anybody may.
  private static void free(Handle handle, String id, @Nullable Instant claimedUntil) {
    handle
        .createUpdate("update webhook_endpoint set claimed_until = :until where id = :id")
        .bind("id", id)
        .bind("until", claimedUntil)
        .execute();
  }

  /// What is sent, signed with every secret that is good now.
  private Attempt prepare(
      Handle handle, String id, Endpoint endpoint, long seq, int number, Instant now) {
    var occurrence = EventLog.get(handle, endpoint.workspace(), seq);
    var body = Payload.of(endpoint.workspace(), occurrence);
    var secrets = endpoints.secrets(handle, endpoint.workspace(), id, now);
    var headers =
        Map.of(
            "webhook-id",
            occurrence.id(),
            "webhook-timestamp",
            Long.toString(now.getEpochSecond()),
            "webhook-signature",
            SigningSecret.signatures(secrets, occurrence.id(), now, body));
    return new Attempt(id, endpoint.workspace(), seq, number, endpoint.url(), headers, body);
  }

  @Override
  public AttemptResult send(Attempt attempt) {
    return sender.post(attempt.url(), attempt.headers(), attempt.body());
  }

  @Override
  public Receipt receipt(AttemptResult result) {
    return result.receipt();
  }

  @Override
  public void record(
      Attempt attempt, AttemptResult result, IntFunction<Disposition> disposition, Instant now) {
    jdbi.useTransaction(handle -> record(handle, attempt, result, disposition, now));
  }

  private static void record(
      Handle handle,
      Attempt attempt,
      AttemptResult result,
      IntFunction<Disposition> disposition,
      Instant now) {
    if (!lockForRecord(handle, attempt)) return;
    var tries = end(handle, attempt, result);
    if (tries.isEmpty()) return;

    free(handle, attempt.endpoint(), result.notBefore());
    switch (disposition.apply(tries.get())) {
      case Disposition.Delivered _ -> {
        finish(handle, attempt, "delivered", now);
        accepted(handle, attempt, now);
      }
      case Disposition.Retried(var at) -> retry(handle, attempt, at);
      case Disposition.Rejected _ -> {
        finish(handle, attempt, "failed", now);
        disable(handle, attempt, DisabledReason.GONE, now);
      }
      case Disposition.GivenUp _ -> {
        boolean nothingAccepted = nothingAcceptedSinceAsked(handle, attempt);
        finish(handle, attempt, "failed", now);
        if (nothingAccepted) disable(handle, attempt, DisabledReason.FAILING, now);
      }
    }
  }

  /// @return whether the endpoint is still there
  private static boolean lockForRecord(Handle handle, Attempt attempt) {
    return handle
        .createQuery("select id from webhook_endpoint where id = :id for update")
        .bind("id", attempt.endpoint())
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /// @return how many tries there have been since the delivery was asked for last, if the attempt
  ///   was still ours to end
  private static Optional<Integer> end(Handle handle, Attempt attempt, AttemptResult result) {
    return handle
        .createQuery(
            """
            update webhook_attempt a
            set ending = :ending, status = :status, latency_us = :latency, excerpt = :excerpt
            from webhook_delivery d
            where a.endpoint_id = :id and a.seq = :seq and a.number = :number and a.ending is null
              and d.endpoint_id = a.endpoint_id and d.seq = a.seq
            returning d.tries
            """)
        .bind("id", attempt.endpoint())
        .bind("seq", attempt.seq())
        .bind("number", attempt.number())
        .bind("ending", result.outcome().word())
        .bind("status", result.status())
        .bind("latency", result.latency().toNanos() / 1000)
        .bind("excerpt", result.excerpt())
        .mapTo(Integer.class)
        .findOne();
  }

  private static void finish(Handle handle, Attempt attempt, String status, Instant now) {
    handle
        .createUpdate(
            """
            update webhook_delivery
            set status = :status, next_try_at = null, ended_at = :now
            where endpoint_id = :id and seq = :seq
            """)
        .bind("id", attempt.endpoint())
        .bind("seq", attempt.seq())
        .bind("status", status)
        .bind("now", now)
        .execute();
  }

  private static void accepted(Handle handle, Attempt attempt, Instant now) {
    handle
        .createUpdate("update webhook_endpoint set accepted_at = :now where id = :id")
        .bind("id", attempt.endpoint())
        .bind("now", now)
        .execute();
  }

  private static void retry(Handle handle, Attempt attempt, Instant next) {
    handle
        .createUpdate(
            """
            update webhook_delivery set next_try_at = :next
            where endpoint_id = :id and seq = :seq
            """)
        .bind("id", attempt.endpoint())
        .bind("seq", attempt.seq())
        .bind("next", next)
        .execute();
  }

  private static boolean nothingAcceptedSinceAsked(Handle handle, Attempt attempt) {
    return handle
        .createQuery(
            """
            select e.accepted_at is null or e.accepted_at < d.asked_at
            from webhook_endpoint e join webhook_delivery d on d.endpoint_id = e.id
            where e.id = :id and d.seq = :seq
            """)
        .bind("id", attempt.endpoint())
        .bind("seq", attempt.seq())
        .mapTo(Boolean.class)
        .one();
  }

  /// The event tells the workspace's other endpoints, and this one once it is enabled again.
  private static void disable(Handle handle, Attempt attempt, DisabledReason why, Instant now) {
    EndpointStore.disable(handle, attempt.workspace(), attempt.endpoint(), why, now);
    var data =
        Map.of("endpointId", attempt.endpoint(), "reason", why.name().toLowerCase(Locale.ROOT));
    var event =
        new Event(
            WebhookEvents.ENDPOINT_DISABLED,
            attempt.endpoint(),
            Origin.CLOCK,
            null,
            null,
            Json.write(data));
    Across.lastIn(handle, attempt.workspace(), now, tx -> tx.emit(event));
  }
}
