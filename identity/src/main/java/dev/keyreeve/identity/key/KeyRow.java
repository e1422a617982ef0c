package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.identity.organisation.IpAllowList;
import dev.keyreeve.procedure.Actor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A key as it is stored.
///
/// @param status at the instant of the reading
record KeyRow(
    KeyId id,
    String organisation,
    String workspace,
    String api,
    Environment environment,
    Settings settings,
    @Nullable Instant notBefore,
    Issue issue,
    KeyState state,
    KeyView.Status status,
    End end) {

  /// What may be changed about a key in use.
  record Settings(
      String name,
      List<Scope> scopes,
      int rateLimit,
      List<String> ipAllowList,
      List<String> tags,
      @Nullable Instant expiresAt) {}

  /// When and by whom it was issued.
  ///
  /// @param by id of the person, or the kind of actor that has none
  record Issue(Instant at, @Nullable String by, @Nullable String byName) {
    static Issue by(Actor actor, Instant at) {
      var kind = actor.kind().word();
      return new Issue(at, actor.id().isEmpty() ? kind : actor.id(), actor.name());
    }
  }

  /// How it came to its end; nothing of it where it has not.
  record End(
      @Nullable Instant revokedAt,
      @Nullable String reason,
      @Nullable Instant leakedAt,
      @Nullable Instant deletedAt) {
    static final End NONE = new End(null, null, null, null);
  }

  /// A secret that has not ended, as it is stored.
  ///
  /// @param endsAt null on the newest
  record Secret(KeyId key, int number, Instant createdAt, @Nullable Instant endsAt) {}

  /// A key that is issued now.
  static KeyRow issued(
      KeyId id,
      KeyWorkspace workspace,
      String api,
      Environment environment,
      Settings settings,
      @Nullable Instant notBefore,
      Issue issue) {
    return new KeyRow(
        id,
        workspace.organisation(),
        workspace.id(),
        api,
        environment,
        settings,
        notBefore,
        issue,
        KeyState.ACTIVE,
        KeyView.Status.ACTIVE,
        End.NONE);
  }

  String name() {
    return settings.name();
  }

  List<Scope> scopes() {
    return settings.scopes();
  }

  @Nullable Instant expiresAt() {
    return settings.expiresAt();
  }

  boolean isHidden() {
    return end.deletedAt() != null;
  }

  KeyRow with(Settings other) {
    return new KeyRow(
        id, organisation, workspace, api, environment, other, notBefore, issue, state, status, end);
  }

  /// In another state. A revoked key stays revoked, since when and for what it first was.
  KeyRow in(KeyState other) {
    return isRevoked() ? this : ended(other, end);
  }

  KeyRow revoked(String reason, Instant now) {
    return isRevoked()
        ? this
        : ended(KeyState.REVOKED, new End(now, reason, end.leakedAt(), end.deletedAt()));
  }

  KeyRow leaked(Instant now) {
    return ended(state, new End(end.revokedAt(), end.reason(), now, end.deletedAt()));
  }

  KeyRow hidden(Instant now) {
    return ended(state, new End(end.revokedAt(), end.reason(), end.leakedAt(), now));
  }

  private KeyRow ended(KeyState otherState, End otherEnd) {
    return new KeyRow(
        id,
        organisation,
        workspace,
        api,
        environment,
        settings,
        notBefore,
        issue,
        otherState,
        status,
        otherEnd);
  }

  boolean isRevoked() {
    return state == KeyState.REVOKED;
  }

  /// What may change about it, for the record.
  Map<String, @Nullable Object> facts() {
    var facts = new LinkedHashMap<String, @Nullable Object>();
    facts.put("name", settings.name());
    facts.put("scopes", settings.scopes().stream().map(Scope::token).toList());
    facts.put("rate_limit", settings.rateLimit());
    facts.put(IpAllowList.FIELD, settings.ipAllowList());
    facts.put("tags", settings.tags());
    facts.put("state", state.name().toLowerCase(Locale.ROOT));
    facts.put("not_before", notBefore == null ? null : notBefore.toString());
    var expiresAt = settings.expiresAt();
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
        settings.name(),
        workspace,
        api,
        environment,
        settings.scopes(),
        state == KeyState.ACTIVE,
        status,
        settings.rateLimit(),
        settings.ipAllowList(),
        settings.tags(),
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
        settings.expiresAt(),
        settings.expiresAt() == null ? null : ExpiryDay.ZONE.getId(),
        issue.at(),
        issue.byName(),
        end.revokedAt(),
        end.reason(),
        end.leakedAt());
  }
}
