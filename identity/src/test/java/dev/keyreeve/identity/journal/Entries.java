package dev.keyreeve.identity.journal;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import java.time.Instant;

/// Entries for tests.
public final class Entries {
  public static final Address ADDRESS = Address.parse("203.0.113.7");
  public static final End MISSING_SCOPE = new End(403, "FORBIDDEN", "insufficient_scope");
  public static final End RATE_LIMITED = new End(429, "TOO_MANY_REQUESTS", "rate_limited");
  public static final End UNKNOWN_KEY = new End(401, "UNAUTHORIZED", "invalid_key");

  private Entries() {}

  /// A call that was admitted.
  public static Entry ofKey(KeyId key, String workspace, String requestId, End end, Instant at) {
    return new Entry(
        at.toEpochMilli(),
        requestId,
        new Entry.By.OfKey(key, 1, workspace),
        ADDRESS,
        "things.list",
        end,
        1,
        120,
        Entry.Kind.ADMITTED);
  }

  /// A request with a key that was refused before it was paid for.
  public static Entry refused(KeyId key, String workspace, String requestId, End end, Instant at) {
    return new Entry(
        at.toEpochMilli(),
        requestId,
        new Entry.By.OfKey(key, 1, workspace),
        ADDRESS,
        null,
        end,
        1,
        7,
        Entry.Kind.REFUSED);
  }

  public static Entry ofNobody(String requestId, Instant at) {
    return new Entry(
        at.toEpochMilli(),
        requestId,
        new Entry.By.OfNobody(),
        ADDRESS,
        null,
        UNKNOWN_KEY,
        1,
        3,
        Entry.Kind.REFUSED);
  }
}
