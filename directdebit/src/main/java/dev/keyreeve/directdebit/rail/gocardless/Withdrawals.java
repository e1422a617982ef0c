package dev.keyreeve.directdebit.rail.gocardless;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.CollectionId;
import dev.keyreeve.directdebit.collection.CollectionRefusals;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.platform.tenancy.InWorkspace;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Taking back debits that GoCardless has, and has not presented yet.
final class Withdrawals {
  static final Reason NOT_WITH_PROVIDER =
      new Reason(
          Code.CONFLICT,
          "not_with_provider",
          "The debit is not with a provider that could give it back.");
  static final Reason PRESENTED =
      new Reason(
          Code.CONFLICT, "already_presented", "The debit is on its way to the payer's bank.");

  private final Tenancy tenancy;
  private final ServiceUsers users;
  private final GoCardlessAccountRows accounts;
  private final Connections connections;
  private final Presentations presentations;

  Withdrawals(
      Tenancy tenancy,
      ServiceUsers users,
      GoCardlessAccountRows accounts,
      Connections connections,
      Presentations presentations) {
    this.tenancy = tenancy;
    this.users = users;
    this.accounts = accounts;
    this.connections = connections;
    this.presentations = presentations;
  }

  Procedure<?, ?> procedure() {
    return mutation(
            "collections.withdraw", signedIn(Role.OPERATOR), post("/collections/{id}/withdraw"))
        .about("Takes back a debit that GoCardless has, and has not presented yet.")
        .takes(WithdrawCollection.class)
        .gives(WithdrawnCollection.class)
        .refuses(Reached.OF_WORKSPACE)
        .refuses(
            CollectionRefusals.COLLECTION_NOT_FOUND,
            NOT_WITH_PROVIDER,
            PRESENTED,
            GoCardlessProcedures.UNREACHABLE)
        .by(call -> Reached.workspace(call).then(workspace -> withdraw(workspace, call)));
  }

  @SnakeCase
  record WithdrawCollection(CollectionId id, @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  @SnakeCase
  record WithdrawnCollection(CollectionId id, String attemptId) {}

  /// @param payment null if no provider has it, or it has come to an end
  private record Debit(@Nullable String attempt, @Nullable ResourceId payment) {}

  /// The call is made outside a transaction. If its result is not kept, GoCardless's own event
  /// tells of it.
  private Outcome<WithdrawnCollection> withdraw(
      String workspace, Call<WithdrawCollection, WithdrawnCollection> call) {
    var id = call.input().id();
    var found = tenancy.read(workspace, call.at(), tx -> find(tx, id));
    if (found.isEmpty()) return Outcome.refused(CollectionRefusals.COLLECTION_NOT_FOUND);

    var attempt = found.get().attempt();
    var payment = found.get().payment();
    var account = users.ofWorkspace(workspace).flatMap(user -> accounts.find(user.id()));
    if (attempt == null || payment == null || account.isEmpty()) {
      return Outcome.refused(NOT_WITH_PROVIDER);
    }
    try (var client = connections.open(account.get(), InstantSource.fixed(call.at()))) {
      return switch (client.cancelPayment(payment)) {
        case Done<GoCardlessPayment> _ -> {
          tenancy.write(
              workspace,
              call.caller().actor(),
              call.at(),
              tx ->
                  presentations.apply(
                      tx, new AttemptId(attempt), new SchemeEvent.DebitCancelled()));
          yield Outcome.done(new WithdrawnCollection(id, attempt));
        }
        case Refused<GoCardlessPayment>(Refusal.InvalidState _, _) -> Outcome.refused(PRESENTED);
        case Refused<GoCardlessPayment> _ -> Outcome.refused(GoCardlessProcedures.UNREACHABLE);
      };
    }
  }

  private static Optional<Debit> find(Tx tx, CollectionId id) {
    return tx.query(
            """
            select a.id, a.provider_ref
            from collection c
            left join attempt a on a.workspace_id = :workspace and a.collection_id = c.id
              and a.status = 'submitted'
            where c.workspace_id = :workspace and c.id = :id
            order by a.n desc limit 1
            """)
        .bind("id", id.text())
        .map(
            (row, _) -> {
              var ref = row.getString("provider_ref");
              return new Debit(row.getString("id"), ref == null ? null : new ResourceId(ref));
            })
        .findOne();
  }
}
