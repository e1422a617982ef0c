package dev.keyreeve.identity.key;

import static dev.keyreeve.access.decision.Requirement.possession;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.platform.audit.Changes;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/// Revokes keys that somebody found where they should not be. Whoever has a key may end it, and
/// learns nothing by it: the answer is the same whether the texts are keys, were keys, or never
/// were.
public final class LeakedKeys {
  /// Most texts of one report.
  static final int MAX = 100;

  static final Declared<Report, Received> KEYS_REVOKE_LEAKED =
      mutation("keys.revokeLeaked", possession("leaked key"), post("/revoke-leaked"))
          .about("Revokes keys that were found in public. Answers the same for any text.")
          .takes(Report.class)
          .gives(Received.class);

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final Peppers peppers;
  private final LeakListener listener;

  /// @param listener tells the owners
  public LeakedKeys(Jdbi jdbi, AccessChanges changes, Peppers peppers, LeakListener listener) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.peppers = peppers;
    this.listener = listener;
  }

  /// An API of its own, since it asks for no credential. Its one route is meant to stand under the
  /// keys of the operators' API.
  public Api api() {
    return new Api(
        "leaks",
        "Leaked keys",
        new Audience.Everyone(),
        ScopeCatalogue.of(),
        List.of(KEYS_REVOKE_LEAKED.by(this::take)));
  }

  /// @param keys whole texts of keys
  @SnakeCase
  record Report(@Items(min = 1, max = MAX) List<@Text(min = 0, max = 500) String> keys) {
    /// Says nothing of the texts.
    @Override
    public String toString() {
      return "Report[" + keys.size() + "]";
    }
  }

  /// @param received how many texts were taken, whatever they are
  @SnakeCase
  record Received(int received) {}

  private Outcome<Received> take(Call<Report, Received> call) {
    var texts = call.input().keys();
    revoke(texts, call.caller().actor(), call.at());
    return Outcome.done(new Received(texts.size()));
  }

  /// Whoever only guesses never gets as far as the log of changes.
  private void revoke(List<String> texts, Actor actor, Instant now) {
    find(texts, now)
        .forEach(
            (workspace, keys) -> {
              var outcome =
                  changes.change(actor, now, alteration -> revoke(alteration, workspace, keys));
              if (outcome instanceof Outcome.Refused) {
                throw new IllegalStateException("nothing is refused here");
              }
            });
  }

  /// The keys that are live, by their workspace: each workspace's are one change.
  private Map<String, Set<KeyId>> find(List<String> texts, Instant now) {
    var tokens = new HashMap<KeyId, List<KeyToken>>();
    for (var text : texts) {
      var token = KeyToken.parse(text.strip());
      if (token != null) {
        tokens.computeIfAbsent(token.id(), _ -> new ArrayList<>()).add(token);
      }
    }
    return jdbi.withHandle(handle -> KeyStore.kept(handle, tokens.keySet(), now)).stream()
        .filter(
            kept ->
                tokens.getOrDefault(kept.key(), List.of()).stream()
                    .anyMatch(token -> isOf(kept, token)))
        .collect(
            Collectors.groupingBy(
                KeyStore.Kept::workspace,
                Collectors.mapping(KeyStore.Kept::key, Collectors.toSet())));
  }

  private boolean isOf(KeyStore.Kept kept, KeyToken token) {
    return kept.digest().matches(peppers.prove(token).under(kept.pepperVersion()))
        && token.hasPrefix(KeyToken.prefix(kept.api(), kept.environment()));
  }

  private Outcome<Integer> revoke(Alteration alteration, String workspace, Set<KeyId> ids) {
    var live =
        ids.stream()
            .map(
                id ->
                    KeyStore.find(alteration.handle(), id, Within.EVERYTHING, alteration.now())
                        .orElseThrow())
            .filter(key -> !key.isRevoked())
            .toList();
    for (var key : live) revoke(alteration, key);
    for (var key : live) {
      listener.leaked(alteration.handle(), workspace, key.id(), key.name(), alteration.now());
    }
    return Outcome.done(live.size());
  }

  private static void revoke(Alteration alteration, KeyRow before) {
    var now = alteration.now();
    var after = before.revoked("leaked", now).leaked(now);
    KeyStore.update(alteration.handle(), after, now);
    alteration.touches(Basis.Kind.KEY, after.id().toString());
    var details = new HashMap<>(Changes.between(before.facts(), after.facts()));
    details.put("reason", "leaked");
    alteration.records(
        before.organisation(), "key.leaked", Target.key(after.id().toString()), details);
  }
}
