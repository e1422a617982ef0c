package dev.keyreeve.platform.key;

import static dev.keyreeve.access.decision.Requirement.anyCaller;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Operator;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells a caller who it is, from what the decision already knew.
public final class WhoAmI {
  private WhoAmI() {}

  record Nothing() {}

  /// @param key the credential as it may be shown
  /// @param limit calls a minute, of the limit that binds
  /// @param remaining calls left in this window
  record Identity(
      String organisationId,
      String workspaceId,
      String key,
      String keyId,
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
    return switch (call.caller().subject()) {
      case Key key -> Outcome.done(identity(key, call.caller().allowance()));
      case Operator _, Anyone _ ->
          throw new IllegalStateException("this API admits keys and nobody else");
    };
  }

  private static Identity identity(Key key, Spending.Granted allowance) {
    var known = allowance instanceof Spending.Allowance told ? told : null;
    return new Identity(
        key.organisation().id(),
        key.workspace(),
        key.shown(),
        key.id().toString(),
        key.scopes().granted(),
        known == null ? null : known.limit(),
        known == null ? null : known.remaining(),
        known == null ? null : Instant.ofEpochSecond(known.resetSeconds()));
  }
}
