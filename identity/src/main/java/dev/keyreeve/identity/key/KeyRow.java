package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.identity.organisation.IpAllowList;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A key as it is stored.
///
/// @param status at the instant of the reading
/// @param createdBy id of the person, or the kind of actor that is none
record KeyRow(
    KeyId id,
    String organisation,
    String workspace,
    String api,
    Environment environment,
    String name,
    List<Scope> scopes,
    Key.State state,
    KeyView.Status status,
    int rateLimit,
    List<String> ipAllowList,
    List<String> tags,
    @Nullable Instant notBefore,
    @Nullable Instant expiresAt,
    Instant createdAt,
    @Nullable String createdBy,
    @Nullable String createdByName,
    @Nullable Instant revokedAt,
    @Nullable String revokeReason,
    @Nullable Instant leakedAt,
    @Nullable Instant deletedAt) {

  /// A secret that has not ended, as it is stored.
  ///
  /// @param endsAt null on the newest
  record Secret(KeyId key, int number, Instant createdAt, @Nullable Instant endsAt) {}

  /// With other settings.
  KeyRow with(
      String otherName,
      List<Scope> otherScopes,
      int otherRateLimit,
      List<String> otherIpAllowList,
      List<String> otherTags,
      @Nullable Instant otherExpiresAt) {
    return new KeyRow(
        id,
        organisation,
        workspace,
        api,
        environment,
        otherName,
        otherScopes,
        state,
        status,
        otherRateLimit,
        otherIpAllowList,
        otherTags,
        notBefore,
        otherExpiresAt,
        createdAt,
        createdBy,
        createdByName,
        revokedAt,
        revokeReason,
        leakedAt,
        deletedAt);
  }

  /// In another state. A revoked key stays revoked, since when and for what it first was.
  KeyRow in(Key.State other) {
    return isRevoked() ? this : ended(other, revokedAt, revokeReason, leakedAt, deletedAt);
  }

  KeyRow revoked(String reason, Instant now) {
    return isRevoked() ? this : ended(Key.State.REVOKED, now, reason, leakedAt, deletedAt);
  }

  KeyRow leaked(Instant now) {
    return ended(state, revokedAt, revokeReason, now, deletedAt);
  }

  KeyRow hidden(Instant now) {
    return ended(state, revokedAt, revokeReason, leakedAt, now);
  }

  private KeyRow ended(
      Key.State otherState,
      @Nullable Instant otherRevokedAt,
      @Nullable String otherReason,
      @Nullable Instant otherLeakedAt,
      @Nullable Instant otherDeletedAt) {
    return new KeyRow(
        id,
        organisation,
        workspace,
        api,
        environment,
        name,
        scopes,
        otherState,
        status,
        rateLimit,
        ipAllowList,
        tags,
        notBefore,
        expiresAt,
        createdAt,
        createdBy,
        createdByName,
        otherRevokedAt,
        otherReason,
        otherLeakedAt,
        otherDeletedAt);
  }

  boolean isRevoked() {
    return state == Key.State.REVOKED;
  }

  /// What may change about it, for the record.
  Map<String, @Nullable Object> facts() {
    var facts = new LinkedHashMap<String, @Nullable Object>();
    facts.put("name", name);
    facts.put("scopes", scopes.stream().map(Scope::token).toList());
    facts.put("rate_limit", rateLimit);
    facts.put(IpAllowList.FIELD, ipAllowList);
    facts.put("tags", tags);
    facts.put("state", state.name().toLowerCase(Locale.ROOT));
    facts.put("not_before", notBefore == null ? null : notBefore.toString());
    facts.put("expires_at", expiresAt == null ? null : expiresAt.toString());
    return facts;
  }

  String shown() {
    return KeyToken.shown(KeyToken.prefix(api, environment), id);
  }

  KeyView view(List<Secret> secrets, KeyUses.Use use) {
    return new KeyView(
        id.toString(),
        shown(),
        name,
        workspace,
        api,
        environment,
        scopes,
        state == Key.State.ACTIVE,
        status,
        rateLimit,
        ipAllowList,
        tags,
        use.requests(),
        use.lastAt(),
        use.lastFrom().isUnknown() ? null : use.lastFrom().toString(),
        secrets.stream()
            .map(
                secret ->
                    new KeyView.SecretView(
                        secret.number(),
                        secret.createdAt(),
                        secret.endsAt(),
                        use.lastBySecret().get(secret.number())))
            .toList(),
        notBefore,
        expiresAt,
        expiresAt == null ? null : ExpiryDay.ZONE.getId(),
        createdAt,
        createdByName,
        revokedAt,
        revokeReason,
        leakedAt);
  }
}
