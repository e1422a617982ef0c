package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What GoCardless keeps, beside what is kept here. It only looks: what differs may be on its way
/// in an event.
final class Comparison {
  private static final int PAGES = 200;
  private static final int MOST = 1000;

  private final Tenancy tenancy;
  private final Connections connections;

  Comparison(Tenancy tenancy, Connections connections) {
    this.tenancy = tenancy;
    this.connections = connections;
  }

  enum Kind {
    MANDATE,
    PAYMENT
  }

  /// @param reference by which GoCardless knows it
  /// @param workspaceId absent for what only GoCardless has
  /// @param id of the mandate or the presentation here; absent for what only GoCardless has
  /// @param here its status here
  /// @param there its status at GoCardless; absent for what only this server has
  @SnakeCase
  record Difference(
      Kind kind,
      String reference,
      @Nullable String workspaceId,
      @Nullable String id,
      @Nullable String here,
      @Nullable String there) {}

  /// @param whole whether everything was looked at; a large account's newest part is, otherwise
  /// @param differences no more than 1,000
  @SnakeCase
  record Compared(int mandates, int payments, boolean whole, List<Difference> differences) {}

  /// Something that has a name at GoCardless.
  private record Ours(String workspace, String id, String status) {}

  /// @return empty if GoCardless does not answer
  Optional<Compared> of(GoCardlessAccount account, InstantSource clock) {
    try (var client = connections.open(account, clock)) {
      // What is kept here is read first: what is made meanwhile is only at GoCardless, and newer.
      var mandates = ours(account, clock, MANDATES);
      var payments = ours(account, clock, PAYMENTS);
      var theirMandates =
          all(page -> client.mandates(null, page), GoCardlessMandate::id, m -> m.status().text());
      var theirPayments =
          all(page -> client.payments(null, page), GoCardlessPayment::id, p -> p.status().text());
      if (theirMandates.isEmpty() || theirPayments.isEmpty()) return Optional.empty();

      var differences = new ArrayList<Difference>();
      compare(Kind.MANDATE, mandates, theirMandates.get(), differences);
      compare(Kind.PAYMENT, payments, theirPayments.get(), differences);
      boolean isWhole = theirMandates.get().whole() && theirPayments.get().whole();
      return Optional.of(
          new Compared(
              mandates.size(),
              payments.size(),
              isWhole && differences.size() <= MOST,
              differences.stream().limit(MOST).toList()));
    }
  }

  private static final String MANDATES =
      """
      select id, provider_ref, status from mandate
      where workspace_id = :workspace and provider_ref is not null
      """;

  private static final String PAYMENTS =
      """
      select a.id, a.provider_ref,
             case when exists (select from claim c
                               where c.workspace_id = :workspace and c.attempt_id = a.id
                                 and c.status not in ('withdrawn', 'upheld'))
                  then 'clawed_back' else a.status end as status
      from attempt a
      where a.workspace_id = :workspace and a.provider_ref is not null
      """;

  private Map<ResourceId, Ours> ours(GoCardlessAccount account, InstantSource clock, String sql) {
    return tenancy.across(
        clock.instant(),
        across -> {
          var ours = new HashMap<ResourceId, Ours>();
          for (var workspace : ServiceUsers.workspaces(across.handle(), account.serviceUser())) {
            ours.putAll(across.in(workspace, tx -> ours(tx, sql)));
          }
          return ours;
        });
  }

  private static Map<ResourceId, Ours> ours(Tx tx, String sql) {
    var ours = new HashMap<ResourceId, Ours>();
    tx.query(sql)
        .map(
            (row, _) ->
                ours.put(
                    new ResourceId(row.getString("provider_ref")),
                    new Ours(tx.workspace(), row.getString("id"), row.getString("status"))))
        .list();
    return ours;
  }

  /// @param whole whether there is nothing beyond
  private record Theirs(Map<ResourceId, String> statuses, boolean whole) {}

  private static <T> Optional<Theirs> all(
      Function<PageRequest, Answer<Page<T>>> list,
      Function<T, ResourceId> id,
      Function<T, String> status) {
    var statuses = new HashMap<ResourceId, String>();
    var request = PageRequest.newest(PageRequest.MAX_LIMIT);
    for (int page = 0; page < PAGES; page++) {
      switch (list.apply(request)) {
        case Refused<Page<T>> _ -> {
          return Optional.empty();
        }
        case Done<Page<T>>(var found, _) -> {
          for (var item : found.items()) statuses.put(id.apply(item), status.apply(item));
          if (found.older() == null || found.items().isEmpty()) {
            return Optional.of(new Theirs(statuses, true));
          }
          request = PageRequest.after(found.older(), PageRequest.MAX_LIMIT);
        }
      }
    }
    return Optional.of(new Theirs(statuses, false));
  }

  private static void compare(
      Kind kind, Map<ResourceId, Ours> ours, Theirs theirs, List<Difference> differences) {
    ours.forEach(
        (ref, own) -> {
          var there = theirs.statuses().get(ref);
          if (there == null ? !theirs.whole() : isSame(kind, own.status(), there)) return;
          differences.add(
              new Difference(kind, ref.text(), own.workspace(), own.id(), own.status(), there));
        });
    theirs
        .statuses()
        .forEach(
            (ref, there) -> {
              if (ours.containsKey(ref) || isOver(kind, there)) return;
              differences.add(new Difference(kind, ref.text(), null, null, null, there));
            });
  }

  /// What has ended there needs no counterpart: a mandate that was lodged anew left one behind.
  private static boolean isOver(Kind kind, String there) {
    return switch (kind) {
      case MANDATE ->
          switch (there) {
            case "cancelled", "failed", "expired", "blocked", "consumed" -> true;
            default -> false;
          };
      case PAYMENT -> there.equals("cancelled");
    };
  }

  private static boolean isSame(Kind kind, String here, String there) {
    return switch (kind) {
      case MANDATE ->
          switch (there) {
            case "pending_submission", "submitted" ->
                here.equals("submitted") || here.equals("pending_submission");
            // A suspension is known here alone.
            case "active" -> here.equals("active") || here.equals("suspended");
            case "cancelled", "failed", "expired", "blocked", "consumed" ->
                here.equals("cancelled") || here.equals("failed") || here.equals("expired");
            default -> false;
          };
      case PAYMENT ->
          switch (there) {
            case "pending_submission", "submitted" -> here.equals("submitted");
            case "confirmed" -> here.equals("collected");
            case "paid_out" -> here.equals("settled");
            case "failed", "cancelled" -> here.equals(there);
            case "charged_back" -> here.equals("clawed_back");
            default -> false;
          };
    };
  }
}
