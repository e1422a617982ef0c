package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.subject.Authority;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Confirmed;
import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.shape.OneTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Another secret for a key in use. The one before ends at once, or works beside it for a while;
/// those before that end at once.
final class KeyRenewal {
  private final Peppers peppers;
  private final KeyRules rules;
  private final KeyViews views;
  private final SecureRandom random;

  KeyRenewal(Peppers peppers, KeyRules rules, KeyViews views, SecureRandom random) {
    this.peppers = peppers;
    this.rules = rules;
    this.views = views;
    this.random = random;
  }

  /// A key with its new secret.
  ///
  /// @param oldEnd until when the secret before works too; null if it does not
  /// @param dropped numbers of the secrets that ended at once
  record Renewed(KeyView key, KeyToken token, @Nullable Instant oldEnd, List<Integer> dropped) {}

  static Outcome<RenewedKey> answer(Confirmed<Renewed> confirmed) {
    var renewed = confirmed.value();
    return Outcome.done(
        new RenewedKey(
            renewed.key(),
            new OneTime(renewed.token().secret().reveal()),
            Effective.of(confirmed),
            renewed.oldEnd(),
            renewed.dropped()));
  }

  /// @param overlap for how long both work; none ends all others at once
  /// @param word what that is called in the record
  /// @param authority of whoever is given the secret, and by that all that the key opens
  Outcome<Renewed> of(
      Alteration alteration,
      KeyRow key,
      Duration overlap,
      String word,
      Map<String, Object> facts,
      Authority authority) {
    if (key.isRevoked()) return Outcome.refused(KeyRefusals.KEY_IS_REVOKED);
    if (key.status() == KeyView.Status.EXPIRED) return Outcome.refused(KeyRefusals.KEY_IS_EXPIRED);
    if (!rules.mayGrant(key, authority)) return Outcome.refused(KeyRules.SCOPE_NOT_HELD);

    var handle = alteration.handle();
    var now = alteration.now();
    var living = KeyStore.secrets(handle, List.of(key.id()), now);
    int newest = living.stream().mapToInt(KeyRow.Secret::number).max().orElse(0);
    var oldEnd = earlier(now.plus(overlap), key.expiresAt());
    boolean overlaps = oldEnd.isAfter(now);
    var dropped =
        living.stream()
            .map(KeyRow.Secret::number)
            .filter(number -> !overlaps || number < newest)
            .sorted()
            .toList();

    KeyStore.deleteSecrets(handle, key.id(), overlaps ? newest : newest + 1);
    if (overlaps) KeyStore.endSecret(handle, key.id(), newest, oldEnd);
    var token = KeyToken.issue(key.api(), key.environment(), key.id(), random);
    var pepper = peppers.newest();
    KeyStore.insertSecret(
        handle, key.id(), newest + 1, pepper.digest(token), pepper.version(), now);

    var details = new LinkedHashMap<>(facts);
    details.put("new_secret", newest + 1);
    details.put("dropped_secrets", dropped);
    if (overlaps) details.put("old_secret_ends_at", oldEnd.toString());
    KeyViews.record(alteration, key, "key." + word, details);
    return Outcome.done(
        new Renewed(views.stored(alteration, key), token, overlaps ? oldEnd : null, dropped));
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
