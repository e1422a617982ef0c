package dev.keyreeve.access.subject;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.access.scope.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key for tests: usable at any time and from anywhere, with no scope, until told otherwise.
public final class KeyBuilder {
  private KeyId id = KeyId.parse("1aB3cD4eF5gH");
  private String prefix = "dd_live_";
  private Scopes scopes = Scopes.NONE;
  private KeyState state = KeyState.ACTIVE;
  private long notBeforeMillis = 0;
  private long expiresAtMillis = Key.NEVER;
  private AddressList addresses = AddressList.UNRESTRICTED;
  private @Nullable KeySecret secret = KeySecret.of(1, 1, Key.NEVER, new SecretDigest(1, 2, 3, 4));
  private @Nullable KeySecret formerSecret;
  private Limit limit;
  private Organisation organisation;

  private KeyBuilder(Limit limit, Limit limitOfAll) {
    this.limit = limit;
    this.organisation =
        new Organisation(
            "acme", new Organisation.Standing(false, limitOfAll, AddressList.UNRESTRICTED));
  }

  /// A key, and an organisation of its own with the other limit.
  public static KeyBuilder aKey(Limit limit, Limit limitOfAll) {
    return new KeyBuilder(limit, limitOfAll);
  }

  /// A copy of a key, to be changed.
  public static KeyBuilder like(Key key) {
    var copy = new KeyBuilder(key.limit(), key.limit());
    copy.id = key.id();
    copy.prefix = key.prefix();
    copy.scopes = key.scopes();
    copy.state = key.state();
    copy.notBeforeMillis = key.notBeforeMillis();
    copy.expiresAtMillis = key.expiresAtMillis();
    copy.addresses = key.addresses();
    copy.secret = key.secret();
    copy.formerSecret = key.formerSecret();
    copy.organisation = key.organisation();
    return copy;
  }

  public KeyBuilder id(KeyId changed) {
    id = changed;
    return this;
  }

  public KeyBuilder prefix(String changed) {
    prefix = changed;
    return this;
  }

  public KeyBuilder scopes(Scopes changed) {
    scopes = changed;
    return this;
  }

  public KeyBuilder state(KeyState changed) {
    state = changed;
    return this;
  }

  public KeyBuilder notBefore(long millis) {
    notBeforeMillis = millis;
    return this;
  }

  public KeyBuilder expiresAt(long millis) {
    expiresAtMillis = millis;
    return this;
  }

  public KeyBuilder addresses(String... ranges) {
    addresses = list(ranges);
    return this;
  }

  /// Its only secret.
  public KeyBuilder secret(KeySecret changed) {
    return secrets(changed, null);
  }

  public KeyBuilder secrets(@Nullable KeySecret newest, @Nullable KeySecret former) {
    secret = newest;
    formerSecret = former;
    return this;
  }

  public KeyBuilder limit(Limit changed) {
    limit = changed;
    return this;
  }

  public KeyBuilder organisation(Organisation changed) {
    organisation = changed;
    return this;
  }

  public KeyBuilder suspended() {
    var standing = organisation.standing();
    organisation.become(new Organisation.Standing(true, standing.limit(), standing.addresses()));
    return this;
  }

  public KeyBuilder organisationAddresses(String... ranges) {
    var standing = organisation.standing();
    organisation.become(
        new Organisation.Standing(standing.suspended(), standing.limit(), list(ranges)));
    return this;
  }

  public Key build() {
    return new Key(
        id,
        prefix,
        organisation,
        "workspace",
        scopes,
        state,
        notBeforeMillis,
        expiresAtMillis,
        addresses,
        limit,
        secret,
        formerSecret);
  }

  private static AddressList list(String... ranges) {
    return new AddressList(List.of(ranges).stream().map(Cidr::parse).toList());
  }
}
