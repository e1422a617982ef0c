package dev.keyreeve.procedure;

import static dev.keyreeve.access.decision.Requirement.anyCaller;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Session;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells a caller who it is, from what the decision already knew.
public final class WhoAmI {
  private WhoAmI() {}

  record Nothing() {}

  /// Either a key or a person.
  ///
  /// @param key the key as it may be shown
  /// @param limit calls a minute, of the limit that binds
  /// @param remaining calls left in this window
  record Identity(
      String organisationId,
      String workspaceId,
      @Nullable String key,
      @Nullable String keyId,
      @Nullable String personId,
      @Nullable String email,
      @Nullable Role role,
      List<Scope> scopes,
      @Nullable Integer limit,
      @Nullable Integer remaining,
      @Nullable Instant resetsAt) {}

  public static Procedure<?, ?> procedure() {
    return query("auth.whoami", anyCaller(), get("/me"))
        .about("Tells whose credential this is, what it may do and how many calls it has left.")
        .takes(Nothing.class)
        .gives(Identity.class)
        .inlineBy(WhoAmI::answer);
  }

  private static Outcome<Identity> answer(Call<Nothing, Identity> call) {
    var allowance = call.caller().allowance() instanceof Spending.Allowance known ? known : null;
    // Each kind of credential is told in words of its own.
    return switch (call.caller().subject()) {
      case Key key -> Outcome.done(of(key, allowance));
      case Session session -> Outcome.done(of(session, allowance));
      case CommandLine _, Anyone _ ->
          throw new IllegalStateException("this API admits keys and sessions, and nobody else");
    };
  }

  private static Identity of(Key key, Spending.@Nullable Allowance allowance) {
    return new Identity(
        key.organisation().id(),
        key.workspace(),
        key.shown(),
        key.id().toString(),
        null,
        null,
        null,
        key.scopes().granted(),
        allowance == null ? null : allowance.limit(),
        allowance == null ? null : allowance.remaining(),
        allowance == null ? null : Instant.ofEpochSecond(allowance.resetSeconds()));
  }

  private static Identity of(Session session, Spending.@Nullable Allowance allowance) {
    return new Identity(
        session.organisation().id(),
        session.workspace(),
        null,
        null,
        session.personId(),
        session.email(),
        session.role(),
        session.scopes().granted(),
        allowance == null ? null : allowance.limit(),
        allowance == null ? null : allowance.remaining(),
        allowance == null ? null : Instant.ofEpochSecond(allowance.resetSeconds()));
  }
}
