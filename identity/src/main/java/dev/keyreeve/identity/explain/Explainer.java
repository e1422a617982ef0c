package dev.keyreeve.identity.explain;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.procedure.Api;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Decides calls again without carrying them out, from what this node knows, and tells why. It
/// spends nothing.
public final class Explainer {
  private final Jdbi jdbi;
  private final AccessCheck access;
  private final Credentials credentials;
  private final Supplier<Collection<Api>> apis;

  /// @param apis all that are served
  public Explainer(
      Jdbi jdbi, AccessCheck access, Credentials credentials, Supplier<Collection<Api>> apis) {
    this.jdbi = jdbi;
    this.access = access;
    this.credentials = credentials;
    this.apis = apis;
  }

  /// What is called: the API, and what the procedure asks for.
  ///
  /// @param named whether the procedure is known; if not, any good credential is asked for
  private record Aim(Audience audience, Requirement requirement, boolean named) {
    int rank() {
      return (named ? 2 : 0) + (audience instanceof Audience.Everyone ? 0 : 1);
    }
  }

  /// Whether there is such a key within, whether or not this node still knows it.
  boolean isThere(KeyId id, Within within) {
    return jdbi.withHandle(
        handle ->
            within
                .bind(
                    handle.createQuery(
                        "select exists (select from api_key where id = :id and "
                            + within.workspace("workspace_id")
                            + ")"))
                .bind("id", id.toString())
                .mapTo(Boolean.class)
                .one());
  }

  boolean knows(String procedure) {
    return apis.get().stream().anyMatch(api -> api.find(procedure) != null);
  }

  /// A call that a key might make, with its newest secret.
  Explained.Decided decide(KeyId id, String procedure, Address client, Instant at) {
    var lookup = credentials.ofKey(id, at.toEpochMilli());
    return decide(lookup, aim(lookup, procedure), client, 1, at);
  }

  /// The same call again, or null if it is not known who made it.
  Explained.@Nullable Decided decideAgain(SeenCall seen, Instant at) {
    var lookup = lookup(seen, at);
    return lookup == null
        ? null
        : decide(lookup, aim(lookup, seen.procedure()), seen.address(), seen.calls(), at);
  }

  private Explained.Decided decide(Lookup lookup, Aim aim, Address client, int cost, Instant at) {
    var explanation =
        access.explain(lookup, aim.audience(), client, cost, aim.requirement(), at.toEpochMilli());
    return Explained.Decided.of(explanation, at, aim.named());
  }

  /// What the credential of a call stands for now; null if it is not known whose it was.
  private @Nullable Lookup lookup(SeenCall seen, Instant at) {
    if (seen.key() != null) {
      return credentials.ofKey(seen.key(), seen.secret(), at.toEpochMilli());
    }
    if (seen.session() != null) return credentials.ofSession(seen.session());

    return null;
  }

  /// The procedure of this name, of the API that the caller's key is for if there are several; of
  /// one that asks for a credential rather than of one that is open to everyone.
  private Aim aim(Lookup lookup, @Nullable String name) {
    Aim best = null;
    for (var api : apis.get()) {
      var procedure = name == null ? null : api.find(name);
      var aim =
          procedure != null
              ? new Aim(api.audience(), procedure.requirement(), true)
              : new Aim(api.audience(), Requirement.anyCaller(), false);
      if (isFor(api.audience(), lookup) && (procedure != null || name == null)) return aim;
      if (best == null || aim.rank() > best.rank()) best = aim;
    }
    if (best == null) throw new IllegalStateException("there is no API");
    return best;
  }

  /// What is open to everyone is for nobody in particular.
  private static boolean isFor(Audience audience, Lookup lookup) {
    return !(audience instanceof Audience.Everyone)
        && lookup instanceof Lookup.Known(var subject, _)
        && audience.includes(subject);
  }
}
