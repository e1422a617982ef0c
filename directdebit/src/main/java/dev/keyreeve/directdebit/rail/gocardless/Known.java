package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.claim.ClaimNotice;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows.About;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The mandates and debits of a service user that events name. Looked up once for all of them,
/// workspace by workspace; the mandates are locked, in the order of their ids.
final class Known {
  private final Map<ResourceId, About> mandates = new HashMap<>();
  private final Map<ResourceId, About> former = new HashMap<>();
  private final Map<ResourceId, Debit> debits = new HashMap<>();

  private Known() {}

  /// @param reference the mandate's
  record Debit(About about, String reference, Pence amount, LocalDate entryDay) {
    AttemptId attempt() {
      return new AttemptId(Objects.requireNonNull(about.attempt()));
    }

    ClaimNotice notice(String bankReference) {
      return new ClaimNotice(
          bankReference,
          bankReference,
          reference,
          amount,
          entryDay,
          attempt().text(),
          about.mandate(),
          null);
    }
  }

  static Known of(Across across, ServiceUser user, Collection<ResourceId> refs) {
    var known = new Known();
    var texts = refs.stream().map(ResourceId::text).distinct().toList();
    for (var workspace : ServiceUsers.workspaces(across.handle(), user.id())) {
      across.in(
          workspace,
          tx -> {
            known.add(tx, texts);
            return tx;
          });
    }
    return known;
  }

  /// Which of these are debits of a service user. Nothing is locked.
  static Set<ResourceId> debits(Across across, String serviceUser, Collection<ResourceId> refs) {
    var known = new HashSet<ResourceId>();
    if (refs.isEmpty()) return known;

    var texts = refs.stream().map(ResourceId::text).distinct().toList();
    for (var workspace : ServiceUsers.workspaces(across.handle(), serviceUser)) {
      known.addAll(
          across.in(
              workspace,
              tx ->
                  tx.query(
                          """
                          select provider_ref from attempt
                          where workspace_id = :workspace and provider_ref = any(:refs)
                          """)
                      .bindArray("refs", String.class, texts)
                      .map((row, _) -> new ResourceId(row.getString("provider_ref")))
                      .list()));
    }
    return known;
  }

  private void add(Tx tx, List<String> refs) {
    tx.query(
            """
            select m.id, m.provider_ref from mandate m
            where m.workspace_id = :workspace and (m.provider_ref = any(:refs) or m.id in (
              select a.mandate_id from attempt a
              where a.workspace_id = :workspace and a.provider_ref = any(:refs)))
            order by m.id
            for update of m
            """)
        .bindArray("refs", String.class, refs)
        .map(
            (row, _) -> {
              var about = new About(tx.workspace(), row.getString("id"), null);
              var ref = row.getString("provider_ref");
              if (ref != null) mandates.put(new ResourceId(ref), about);
              return about;
            })
        .list();
    tx.query(
            """
            select provider_ref, mandate_id from instruction
            where workspace_id = :workspace and provider_ref = any(:refs)
            """)
        .bindArray("refs", String.class, refs)
        .map(
            (row, _) ->
                former.put(
                    new ResourceId(row.getString("provider_ref")),
                    new About(tx.workspace(), row.getString("mandate_id"), null)))
        .list();
    tx.query(
            """
            select a.id, a.mandate_id, a.provider_ref, a.amount, a.entry_on, m.reference
            from attempt a
            join mandate m on m.workspace_id = :workspace and m.id = a.mandate_id
            where a.workspace_id = :workspace and a.provider_ref = any(:refs)
            """)
        .bindArray("refs", String.class, refs)
        .map(
            (row, _) ->
                debits.put(
                    new ResourceId(row.getString("provider_ref")),
                    new Debit(
                        new About(tx.workspace(), row.getString("mandate_id"), row.getString("id")),
                        row.getString("reference"),
                        new Pence(row.getLong("amount")),
                        row.getObject("entry_on", LocalDate.class))))
        .list();
  }

  /// The mandate that GoCardless calls so now.
  @Nullable About mandate(ResourceId ref) {
    return mandates.get(ref);
  }

  /// The mandate that it has called so, before it was lodged anew or replaced.
  @Nullable About formerMandate(ResourceId ref) {
    return former.get(ref);
  }

  @Nullable Debit debit(ResourceId ref) {
    return debits.get(ref);
  }

  void replaced(About about, ResourceId mandate, ResourceId replacedBy) {
    mandates.remove(mandate);
    former.put(mandate, about);
    mandates.put(replacedBy, about);
  }
}
