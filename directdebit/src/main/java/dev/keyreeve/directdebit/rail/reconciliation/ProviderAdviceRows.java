package dev.keyreeve.directdebit.rail.reconciliation;

import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.procedure.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of what a provider tells by itself, and in no file. The service user's row must be
/// held, as for reports.
public final class ProviderAdviceRows {

  private ProviderAdviceRows() {}

  /// One thing that a provider tells.
  ///
  /// @param event as it was told, JSON; null for what a provider has answered
  /// @param words for a person
  /// @param reference by which the provider knows what it is about
  public record Told(AdviceKey key, @Nullable String event, String words, String reference) {}

  /// Whose it is.
  ///
  /// @param attempt null for what is about a mandate alone
  public record About(String workspace, String mandate, @Nullable String attempt) {}

  /// What waits to be tried again.
  ///
  /// @param event as it was told, JSON
  public record Parked(AdviceKey key, String event) {}

  /// Claims the key of an advice.
  ///
  /// @return whether it has not been told before
  public static boolean claim(Across across, String serviceUser, Told told) {
    return across
            .handle()
            .createUpdate(
                """
                insert into advice (service_user_id, key, status, words, reference, told_at, event)
                values (:user, :key, 'parked', :words, :reference, :now, :event::jsonb)
                on conflict do nothing
                """)
            .bind("user", serviceUser)
            .bind("key", told.key().text())
            .bind("words", told.words())
            .bind("reference", told.reference())
            .bind("event", told.event())
            .bind("now", across.now())
            .execute()
        == 1;
  }

  /// It has been done, or there was nothing to do.
  ///
  /// @param about null for what is nobody's
  public static void applied(
      Handle handle, String serviceUser, AdviceKey key, @Nullable About about, Instant now) {
    handle
        .createUpdate(
            """
            update advice
            set status = 'applied', why = null, workspace_id = :workspace, mandate_id = :mandate,
                attempt_id = :attempt, ended_at = :now
            where service_user_id = :user and key = :key
            """)
        .bind("user", serviceUser)
        .bind("key", key.text())
        .bind("workspace", about == null ? null : about.workspace())
        .bind("mandate", about == null ? null : about.mandate())
        .bind("attempt", about == null ? null : about.attempt())
        .bind("now", now)
        .execute();
  }

  /// It waits for a person.
  ///
  /// @param about null where that is not known
  public static void parked(
      Handle handle, String serviceUser, AdviceKey key, String why, @Nullable About about) {
    handle
        .createUpdate(
            """
            update advice
            set status = 'parked', why = :why, workspace_id = :workspace, mandate_id = :mandate,
                attempt_id = :attempt
            where service_user_id = :user and key = :key
            """)
        .bind("user", serviceUser)
        .bind("key", key.text())
        .bind("why", why)
        .bind("workspace", about == null ? null : about.workspace())
        .bind("mandate", about == null ? null : about.mandate())
        .bind("attempt", about == null ? null : about.attempt())
        .execute();
  }

  /// The newest of what waits since an instant, in the order in which it was told.
  public static List<Parked> waiting(Handle handle, String serviceUser, Instant since, int limit) {
    return handle
        .createQuery(
            """
            select key, event from (
              select key, event, told_at from advice
              where service_user_id = :user and status = 'parked' and event is not null
                and told_at >= :since
              order by told_at desc, key
              limit :limit) as newest
            order by told_at, (event ->> 'created_at')::timestamptz, key
            """)
        .bind("user", serviceUser)
        .bind("since", since)
        .bind("limit", limit)
        .map((row, _) -> new Parked(new AdviceKey(row.getString("key")), row.getString("event")))
        .list();
  }

  /// What was told, JSON; empty for what a provider has answered.
  public static Optional<String> event(Handle handle, String serviceUser, AdviceKey key) {
    return handle
        .createQuery(
            """
            select event from advice
            where service_user_id = :user and key = :key and event is not null
            """)
        .bind("user", serviceUser)
        .bind("key", key.text())
        .mapTo(String.class)
        .findOne();
  }

  /// Whether something that happened at an instant or later has been done to the same mandate or
  /// debit.
  public static boolean isOvertaken(Handle handle, String serviceUser, About about, Instant at) {
    return handle
        .createQuery(
            """
            select exists (
              select from advice
              where service_user_id = :user and mandate_id = :mandate and event is not null
                and status = 'applied' and attempt_id is not distinct from :attempt
                and (event ->> 'created_at')::timestamptz >= :at)
            """)
        .bind("user", serviceUser)
        .bind("mandate", about.mandate())
        .bind("attempt", about.attempt())
        .bind("at", at)
        .mapTo(Boolean.class)
        .one();
  }

  /// Whether something that happened after an instant has been done, which named the same thing by
  /// the provider's own name.
  ///
  /// @param kind of what is named, as the links of events say it
  public static boolean isPast(
      Handle handle, String serviceUser, About about, String kind, String ref, Instant at) {
    return handle
        .createQuery(
            """
            select exists (
              select from advice
              where service_user_id = :user and mandate_id = :mandate and event is not null
                and status = 'applied' and event -> 'links' ->> :kind = :ref
                and (event ->> 'created_at')::timestamptz > :at)
            """)
        .bind("user", serviceUser)
        .bind("mandate", about.mandate())
        .bind("kind", kind)
        .bind("ref", ref)
        .bind("at", at)
        .mapTo(Boolean.class)
        .one();
  }

  /// Whether one of some actions, which was told of the same mandate, came after an instant and has
  /// been done.
  public static boolean isFollowed(
      Handle handle, String serviceUser, About about, Instant at, List<String> actions) {
    return handle
        .createQuery(
            """
            select exists (
              select from advice
              where service_user_id = :user and mandate_id = :mandate and event is not null
                and status = 'applied' and attempt_id is null
                and event ->> 'action' = any(:actions)
                and (event ->> 'created_at')::timestamptz > :at)
            """)
        .bind("user", serviceUser)
        .bind("mandate", about.mandate())
        .bind("at", at)
        .bindArray("actions", String.class, actions)
        .mapTo(Boolean.class)
        .one();
  }

  /// Counts what is newly parked for each workspace, and tells them at the end.
  public static final class Parkings {
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final @Nullable String only;

    /// @param across knows to whom that belongs which names nobody
    public Parkings(Across across, ServiceUser user) {
      var workspaces = ServiceUsers.workspaces(across.handle(), user.id());
      only = workspaces.size() == 1 ? workspaces.getFirst() : null;
    }

    public void add(@Nullable About about) {
      var workspace = about == null ? only : about.workspace();
      if (workspace != null) counts.merge(workspace, 1, Integer::sum);
    }

    /// @param id by which the provider knows what told of it
    public void tell(Across across, String id) {
      counts.forEach(
          (workspace, parked) ->
              across.in(
                  workspace,
                  tx -> {
                    var snapshot =
                        Json.object()
                            .put("id", id)
                            .put("kind", "gocardless")
                            .put("applied", 0)
                            .put("parked", parked);
                    var type = ReportEvent.PARKED.type();
                    tx.emit(
                        new Event(
                            type, id, Origin.PROVIDER.told(), null, null, snapshot.toString()));
                    return tx;
                  }));
    }
  }
}
