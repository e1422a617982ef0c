package dev.keyreeve.platform.webhook;

import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.delivery.Dispatcher;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.platform.webhook.EndpointView.DisabledReason;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.OneTime;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The endpoints of workspaces, and what is delivered to them.
///
/// Nobody publishes to a webhook: whatever is written to the workspace's log of events, in the
/// transaction that made it true, reaches the endpoints that asked for its type. An endpoint is
/// told of what happens after it was made; what happened before can be replayed. While it is
/// disabled nothing is lost: it is told when it is enabled again.
public final class Webhooks {
  /// Where secrets are kept.
  public static final List<SealedColumn> SEALED_COLUMNS =
      List.of(EndpointStore.SECRET, EndpointStore.PREVIOUS);

  static final int MAX_ENDPOINTS = 10;

  static final Reason NO_SUCH_ENDPOINT =
      new Reason(Code.NOT_FOUND, "endpoint_not_found", "There is no such endpoint.");
  static final Reason NO_SUCH_DELIVERY =
      new Reason(Code.NOT_FOUND, "delivery_not_found", "There is no such delivery.");
  static final Reason NO_SUCH_TYPE =
      new Reason(Code.UNPROCESSABLE_CONTENT, "unknown_event_type", "No event has this type.");
  static final Reason URL_NOT_ALLOWED =
      new Reason(
          Code.UNPROCESSABLE_CONTENT, "url_not_allowed", "Nothing can be delivered to this URL.");
  static final Reason TOO_MANY_ENDPOINTS =
      new Reason(Code.CONFLICT, "too_many_endpoints", "A workspace has at most 10 endpoints.");
  static final Reason ENDPOINT_IS_DISABLED =
      new Reason(Code.CONFLICT, "endpoint_is_disabled", "Enable the endpoint first.");

  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final Duration ENDED_KEPT = Duration.ofDays(30);

  private final Jdbi jdbi;
  private final EndpointStore endpoints;
  private final AddressGuard guard;
  private final Dispatcher<?, ?> dispatcher;
  private final InstantSource clock;
  private final SortedSet<String> types;
  private final SecureRandom random;

  /// @param types of all events that there are
  /// @param random makes secrets and ids
  /// @param jitter stretches the waits between tries
  public Webhooks(
      Jdbi jdbi,
      FieldCipher cipher,
      AddressGuard guard,
      Sender sender,
      List<String> types,
      InstantSource clock,
      SecureRandom random,
      RandomGenerator jitter) {
    this.jdbi = jdbi;
    this.endpoints = new EndpointStore(cipher);
    this.guard = guard;
    var deliveries = new WebhookDeliveries(jdbi, endpoints, sender);
    this.dispatcher = new Dispatcher<>(deliveries, WebhookDeliveries.TERMS, clock, jitter);
    this.clock = clock;
    this.random = random;
    this.types = new TreeSet<>(types);
    this.types.add(WebhookEvents.ENDPOINT_DISABLED);
  }

  /// Has deliveries made as long as the schedule works.
  public void deliverBy(Schedule schedule) {
    deliverBy(schedule, LOOKS_EVERY);
  }

  void deliverBy(Schedule schedule, Duration looksEvery) {
    dispatcher.runBy(schedule, "webhooks.dispatch", "webhooks.look", looksEvery);
    schedule.every(
        Duration.ofHours(1), "webhooks.forget", () -> forget(clock.instant().minus(ENDED_KEPT)));
  }

  Dispatcher<?, ?> dispatcher() {
    return dispatcher;
  }

  /// Makes an endpoint. Its secret is in this answer and never again.
  public Outcome<IssuedEndpoint> create(
      String workspace,
      String url,
      @Nullable String description,
      List<String> wanted,
      Actor actor,
      Instant now) {
    // Judged outside of the transaction: a name server of somebody's choosing may take its time.
    return checkTypes(wanted)
        .then(_ -> checkUrl(url))
        .then(
            allowed ->
                jdbi.inTransaction(
                    handle -> insert(handle, workspace, allowed, description, wanted, actor, now)));
  }

  private Outcome<IssuedEndpoint> insert(
      Handle handle,
      String workspace,
      String url,
      @Nullable String description,
      List<String> wanted,
      Actor actor,
      Instant now) {
    // Two at once would both find room.
    handle.execute(
        "select pg_advisory_xact_lock(hashtextextended(?, 0))", "endpoints " + workspace);
    if (EndpointStore.list(handle, workspace).size() >= MAX_ENDPOINTS) {
      return Outcome.refused(TOO_MANY_ENDPOINTS);
    }
    var id = Ulid.generate("whe_", now, random);
    var secret = SigningSecret.random(random);
    var words = description == null ? "" : description;
    if (!endpoints.insert(handle, id, workspace, url, words, wanted, secret, now)) {
      return Outcome.refused(Reached.WORKSPACE_NOT_FOUND);
    }
    EndpointAudit.record(
        handle, actor, now, workspace, id, "webhook.created", Map.of("eventTypes", wanted));
    var view = EndpointStore.find(handle, workspace, id).orElseThrow();
    return Outcome.done(new IssuedEndpoint(view, new OneTime(secret.reveal())));
  }

  private Outcome<List<String>> checkTypes(List<String> wanted) {
    for (var type : wanted) {
      if (!Subscription.isKnown(type, types)) {
        return Outcome.refused(NO_SUCH_TYPE, Map.of("type", type, "types", List.copyOf(types)));
      }
    }
    return Outcome.done(wanted);
  }

  /// The URL in the form in which it is kept.
  private Outcome<String> checkUrl(String url) {
    return switch (guard.judge(url)) {
      case AddressGuard.Allowed allowed -> Outcome.done(allowed.url().toString());
      case AddressGuard.Forbidden(var why) ->
          Outcome.refused(URL_NOT_ALLOWED, Map.of("field", "url", "because", why.sentence()));
    };
  }

  /// The endpoints of a workspace, oldest first.
  public List<EndpointView> list(String workspace) {
    return jdbi.withHandle(handle -> EndpointStore.list(handle, workspace));
  }

  /// The workspace that an endpoint belongs to; empty if there is no such endpoint within.
  Optional<String> workspaceOf(String id, Within within) {
    return jdbi.withHandle(handle -> EndpointStore.workspaceOf(handle, id, within));
  }

  public Outcome<EndpointView> find(String workspace, String id) {
    return found(jdbi.withHandle(handle -> EndpointStore.find(handle, workspace, id)));
  }

  /// Changes what is not null.
  public Outcome<EndpointView> update(
      String workspace, String id, EndpointChange change, Actor actor, Instant now) {
    return checkTypes(change.eventTypes() == null ? List.of() : change.eventTypes())
        .then(_ -> change.url() == null ? Outcome.done(change) : withUrl(change, change.url()))
        .then(
            checked ->
                withEndpoint(
                    workspace,
                    id,
                    (handle, endpoint) -> {
                      EndpointStore.update(handle, checked.applyTo(endpoint, now), now);
                      EndpointAudit.record(
                          handle,
                          actor,
                          now,
                          workspace,
                          id,
                          "webhook.updated",
                          Map.of("changed", checked.fields()));
                      return found(EndpointStore.find(handle, workspace, id));
                    }));
  }

  private Outcome<EndpointChange> withUrl(EndpointChange change, String url) {
    return checkUrl(url)
        .then(
            allowed ->
                Outcome.done(
                    new EndpointChange(
                        allowed, change.description(), change.eventTypes(), change.enabled())));
  }

  /// What to change of an endpoint: null leaves it as it is.
  public record EndpointChange(
      @Nullable String url,
      @Nullable String description,
      @Nullable List<String> eventTypes,
      @Nullable Boolean enabled) {

    /// The names of what changes; a URL may hold a secret of its receiver, so values are not told.
    private List<String> fields() {
      var fields = new ArrayList<String>();
      if (url != null) fields.add("url");
      if (description != null) fields.add("description");
      if (eventTypes != null) fields.add("eventTypes");
      if (enabled != null) fields.add(enabled ? "enabled" : "disabled");
      return fields;
    }

    private EndpointView applyTo(EndpointView old, Instant now) {
      boolean enables = enabled == null ? old.enabled() : enabled;
      boolean disablesNow = old.enabled() && !enables;
      return new EndpointView(
          old.id(),
          old.workspaceId(),
          url == null ? old.url() : url,
          description == null ? old.description() : description,
          eventTypes == null ? old.eventTypes() : eventTypes,
          enables,
          enables ? null : disablesNow ? DisabledReason.OPERATOR : old.disabledReason(),
          enables ? null : disablesNow ? now : old.disabledAt(),
          old.position(),
          old.previousSecretUntil(),
          old.lastAcceptedAt(),
          old.createdAt());
    }
  }

  /// Removes an endpoint and all that was delivered to it.
  public Outcome<EndpointView> delete(String workspace, String id, Actor actor, Instant now) {
    return withEndpoint(
        workspace,
        id,
        (handle, endpoint) -> {
          EndpointStore.delete(handle, workspace, id);
          EndpointAudit.record(handle, actor, now, workspace, id, "webhook.deleted", Map.of());
          return Outcome.done(endpoint);
        });
  }

  /// Gives an endpoint a new secret. For the overlap, deliveries are signed with the old one too.
  public Outcome<IssuedEndpoint> rotateSecret(
      String workspace, String id, Duration overlap, Actor actor, Instant now) {
    return withEndpoint(
        workspace,
        id,
        (handle, _) -> {
          var next = SigningSecret.random(random);
          var until = overlap.isZero() ? null : now.plus(overlap);
          endpoints.rotate(handle, workspace, id, next, until, now);
          EndpointAudit.record(
              handle,
              actor,
              now,
              workspace,
              id,
              "webhook.secret_rotated",
              Map.of("overlapSeconds", overlap.toSeconds()));
          var view = EndpointStore.find(handle, workspace, id).orElseThrow();
          return Outcome.done(new IssuedEndpoint(view, new OneTime(next.reveal())));
        });
  }

  /// Writes an event that goes to this endpoint alone.
  public Outcome<EndpointView> test(String workspace, String id, Instant now) {
    return withEnabled(
        workspace,
        id,
        (handle, endpoint) -> {
          var event = new Event(WebhookEvents.TEST, id, Origin.USER, null, null, "{}");
          Across.lastIn(handle, workspace, now, tx -> tx.emit(event));
          return Outcome.done(endpoint);
        });
  }

  /// The deliveries to an endpoint, the newest first.
  ///
  /// @param status only these, or null for all
  /// @param before only those of events with a lower number, or null for all
  public Outcome<List<DeliveryView>> deliveries(
      String workspace,
      String id,
      DeliveryView.@Nullable Status status,
      @Nullable Long before,
      int limit) {
    return jdbi.inTransaction(
        handle ->
            found(EndpointStore.find(handle, workspace, id))
                .then(
                    _ ->
                        Outcome.done(
                            DeliveryStore.list(handle, workspace, id, status, before, limit))));
  }

  /// One delivery with its attempts, the first first.
  @SnakeCase
  public record DeliveryDetails(DeliveryView delivery, List<AttemptView> attempts) {}

  public Outcome<DeliveryDetails> delivery(String workspace, String id, long seq) {
    return jdbi.inTransaction(handle -> delivery(handle, workspace, id, seq));
  }

  private static Outcome<DeliveryDetails> delivery(
      Handle handle, String workspace, String id, long seq) {
    return DeliveryStore.find(handle, workspace, id, seq)
        .map(view -> new DeliveryDetails(view, DeliveryStore.attempts(handle, id, seq)))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_DELIVERY));
  }

  /// Delivers an event again, however its delivery stands, with a fresh schedule of tries.
  public Outcome<DeliveryDetails> redeliver(String workspace, String id, long seq, Instant now) {
    return withEnabled(
        workspace,
        id,
        (handle, _) -> {
          DeliveryStore.askAgain(handle, workspace, id, seq, now);
          return delivery(handle, workspace, id, seq);
        });
  }

  /// Delivers every event after a number again, in the order of numbers; also those that happened
  /// before the endpoint was made.
  public Outcome<EndpointView> replay(String workspace, String id, long after, Instant now) {
    return withEnabled(
        workspace,
        id,
        (handle, _) -> {
          DeliveryStore.replay(handle, workspace, id, after, now);
          return found(EndpointStore.find(handle, workspace, id));
        });
  }

  /// Forgets what ended before an instant.
  void forget(Instant before) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from webhook_delivery where ended_at < :before")
                .bind("before", before)
                .execute());
  }

  private interface OnEndpoint<T> {
    Outcome<T> in(Handle handle, EndpointView endpoint);
  }

  private <T> Outcome<T> withEndpoint(String workspace, String id, OnEndpoint<T> work) {
    Function<Handle, Outcome<T>> locked =
        handle ->
            found(EndpointStore.lock(handle, workspace, id))
                .then(endpoint -> work.in(handle, endpoint));
    return jdbi.inTransaction(locked::apply);
  }

  private <T> Outcome<T> withEnabled(String workspace, String id, OnEndpoint<T> work) {
    return withEndpoint(
        workspace,
        id,
        (handle, endpoint) ->
            endpoint.enabled() ? work.in(handle, endpoint) : Outcome.refused(ENDPOINT_IS_DISABLED));
  }

  private static Outcome<EndpointView> found(Optional<EndpointView> endpoint) {
    return endpoint.map(Outcome::done).orElseGet(() -> Outcome.refused(NO_SUCH_ENDPOINT));
  }
}
