package dev.keyreeve.platform.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.platform.tenancy.EventLog;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.webhook.EndpointView.DisabledReason;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Turns events into deliveries and makes their attempts.
///
/// **Once.** Each event becomes at most one delivery for each endpoint. An attempt is written down
/// before its request is sent, under a claim of the endpoint that lasts a minute, and its end is
/// written down only by who made it. So no attempt is made twice, by however many nodes; and if a
/// node dies in the middle, the attempt is marked abandoned when the claim has run out and another
/// is made. A receiver may therefore get an event more than once, always with the same
/// `webhook-id`.
///
/// **Order.** One endpoint has one request at a time. Of the deliveries that are due, the one with
/// the lowest event number goes first; one that failed is due again later and holds up nobody. So
/// an endpoint that accepts everything is told in the order of numbers, and one that does not has
/// to order by `seq` itself.
///
/// Safe for many threads, and for many nodes.
final class Dispatcher {
  /// Longest that one request can take, its name's resolution and the writing down included. The
  /// clocks of nodes may differ by the rest of it.
  static final Duration CLAIM = Duration.ofMinutes(1);

  /// How many events an endpoint is told of before others have their turn.
  private static final int TURN = 20;

  /// How many events are looked at in one transaction.
  private static final int LOOKED_AT = 10_000;

  private static final JsonMapper json = new JsonMapper();

  private final Jdbi jdbi;
  private final EndpointStore endpoints;
  private final Sender sender;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param random stretches the waits between tries
  Dispatcher(
      Jdbi jdbi,
      EndpointStore endpoints,
      Sender sender,
      InstantSource clock,
      RandomGenerator random) {
    this.jdbi = jdbi;
    this.endpoints = endpoints;
    this.sender = sender;
    this.clock = clock;
    this.random = random;
  }

  /// The endpoints for which something can be done now.
  List<String> due() {
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
                .bind("now", clock.instant())
                .mapTo(String.class)
                .list());
  }

  /// Tells an endpoint what is due, until it has had its turn, nothing is left, or it fails.
  void dispatch(String endpoint) {
    for (int told = 0; told < TURN; told++) {
      var claim = jdbi.inTransaction(handle -> claim(handle, endpoint, clock.instant()));
      if (claim.isEmpty()) return;

      var answer = send(claim.get());
      jdbi.useTransaction(handle -> record(handle, claim.get(), answer, clock.instant()));
      if (answer.ending() != Ending.ACCEPTED) return;
    }
  }

  private record Claim(
      String endpoint,
      String workspace,
      long seq,
      int attempt,
      String url,
      String eventId,
      Map<String, String> headers,
      String body) {}

  private record Endpoint(String workspace, String url, List<String> types, long position) {}

  private Optional<Claim> claim(Handle handle, String id, Instant now) {
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
    int attempt = begin(handle, id, seq, now);
    free(handle, id, now.plus(CLAIM));
    return Optional.of(prepare(handle, id, endpoint, seq, attempt, now));
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

    Tenancy.see(handle, endpoint.workspace());
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
        .bind("test", Webhooks.TEST)
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
  private Claim prepare(
      Handle handle, String id, Endpoint endpoint, long seq, int attempt, Instant now) {
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
    return new Claim(
        id, endpoint.workspace(), seq, attempt, endpoint.url(), occurrence.id(), headers, body);
  }

  private Answer send(Claim claim) {
    return sender.post(claim.url(), claim.headers(), claim.body());
  }

  private void record(Handle handle, Claim claim, Answer answer, Instant now) {
    var accepted = lockForRecord(handle, claim);
    if (accepted.isEmpty() || !end(handle, claim, answer)) return;

    free(handle, claim.endpoint(), answer.notBefore());
    if (answer.ending() == Ending.ACCEPTED) {
      finish(handle, claim, "delivered", now);
      accepted(handle, claim, now);
      return;
    }
    fail(handle, claim, answer, now);
  }

  private void fail(Handle handle, Claim claim, Answer answer, Instant now) {
    if (answer.isGone()) {
      finish(handle, claim, "failed", now);
      disable(handle, claim, DisabledReason.GONE, now);
      return;
    }
    int tries = tries(handle, claim);
    var next = RetrySchedule.next(tries, now, answer.notBefore(), random);
    if (next.isPresent()) {
      retry(handle, claim, next.get());
      return;
    }
    boolean nothingAccepted = nothingAcceptedSinceAsked(handle, claim);
    finish(handle, claim, "failed", now);
    if (nothingAccepted) disable(handle, claim, DisabledReason.FAILING, now);
  }

  /// The endpoint is locked before its deliveries, here as everywhere; it may have been deleted.
  private static Optional<String> lockForRecord(Handle handle, Claim claim) {
    return handle
        .createQuery("select id from webhook_endpoint where id = :id for update")
        .bind("id", claim.endpoint())
        .mapTo(String.class)
        .findOne();
  }

  /// @return whether the attempt was still ours to end
  private static boolean end(Handle handle, Claim claim, Answer answer) {
    return handle
            .createUpdate(
                """
                update webhook_attempt
                set ending = :ending, status = :status, latency_us = :latency, excerpt = :excerpt
                where endpoint_id = :id and seq = :seq and number = :number and ending is null
                """)
            .bind("id", claim.endpoint())
            .bind("seq", claim.seq())
            .bind("number", claim.attempt())
            .bind("ending", answer.ending().word())
            .bind("status", answer.status())
            .bind("latency", answer.latency().toNanos() / 1000)
            .bind("excerpt", answer.excerpt())
            .execute()
        == 1;
  }

  private static void finish(Handle handle, Claim claim, String status, Instant now) {
    handle
        .createUpdate(
            """
            update webhook_delivery
            set status = :status, next_try_at = null, ended_at = :now
            where endpoint_id = :id and seq = :seq
            """)
        .bind("id", claim.endpoint())
        .bind("seq", claim.seq())
        .bind("status", status)
        .bind("now", now)
        .execute();
  }

  private static void accepted(Handle handle, Claim claim, Instant now) {
    handle
        .createUpdate("update webhook_endpoint set accepted_at = :now where id = :id")
        .bind("id", claim.endpoint())
        .bind("now", now)
        .execute();
  }

  private static void retry(Handle handle, Claim claim, Instant next) {
    handle
        .createUpdate(
            """
            update webhook_delivery set next_try_at = :next
            where endpoint_id = :id and seq = :seq
            """)
        .bind("id", claim.endpoint())
        .bind("seq", claim.seq())
        .bind("next", next)
        .execute();
  }

  private static int tries(Handle handle, Claim claim) {
    return handle
        .createQuery("select tries from webhook_delivery where endpoint_id = :id and seq = :seq")
        .bind("id", claim.endpoint())
        .bind("seq", claim.seq())
        .mapTo(Integer.class)
        .one();
  }

  private static boolean nothingAcceptedSinceAsked(Handle handle, Claim claim) {
    return handle
        .createQuery(
            """
            select e.accepted_at is null or e.accepted_at < d.asked_at
            from webhook_endpoint e join webhook_delivery d on d.endpoint_id = e.id
            where e.id = :id and d.seq = :seq
            """)
        .bind("id", claim.endpoint())
        .bind("seq", claim.seq())
        .mapTo(Boolean.class)
        .one();
  }

  /// The event tells the workspace's other endpoints, and this one once it is enabled again.
  private static void disable(Handle handle, Claim claim, DisabledReason why, Instant now) {
    EndpointStore.disable(handle, claim.workspace(), claim.endpoint(), why, now);
    var data =
        Map.of("endpointId", claim.endpoint(), "reason", why.name().toLowerCase(Locale.ROOT));
    EventLog.append(
        handle,
        claim.workspace(),
        now,
        List.of(
            new Event(
                Webhooks.ENDPOINT_DISABLED,
                claim.endpoint(),
                Origin.CLOCK,
                null,
                null,
                write(data))));
  }

  private static String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
