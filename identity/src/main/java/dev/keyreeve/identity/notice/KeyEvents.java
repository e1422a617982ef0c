package dev.keyreeve.identity.notice;

import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.procedure.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events of a key's life, for the log of its workspace. They name the key by its id and its
/// name; nothing in them helps to use it.
public final class KeyEvents {
  public static final String EXPIRING_SOON = "key.expiring_soon";
  public static final String EXPIRED = "key.expired";
  public static final String DORMANT = "key.dormant";
  public static final String LEAKED = "key.leaked";
  public static final String OLD_SECRET_SILENT = "key.rotation_old_secret_silent";

  /// All types there are.
  public static final List<String> TYPES =
      List.of(EXPIRING_SOON, EXPIRED, DORMANT, LEAKED, OLD_SECRET_SILENT);

  private KeyEvents() {}

  static Event expiringSoon(String id, String name, Instant expiresAt) {
    return event(EXPIRING_SOON, id, name, Origin.CLOCK, Map.of("expiresAt", expiresAt.toString()));
  }

  static Event expired(String id, String name, Instant expiresAt) {
    return event(EXPIRED, id, name, Origin.CLOCK, Map.of("expiresAt", expiresAt.toString()));
  }

  /// @param lastUsedAt null if it never was used
  static Event dormant(String id, String name, @Nullable Instant lastUsedAt) {
    return event(
        DORMANT,
        id,
        name,
        Origin.CLOCK,
        lastUsedAt == null ? Map.of() : Map.of("lastUsedAt", lastUsedAt.toString()));
  }

  static Event oldSecretSilent(String id, String name, @Nullable Instant lastUsedAt) {
    return event(
        OLD_SECRET_SILENT,
        id,
        name,
        Origin.CLOCK,
        lastUsedAt == null ? Map.of() : Map.of("lastUsedAt", lastUsedAt.toString()));
  }

  /// For whoever takes reports of leaked keys: append it to the log of the key's workspace, in the
  /// transaction that acts on the report.
  ///
  /// @param source where the key was found, if the report says, without the key
  public static Event leaked(String id, String name, @Nullable String source) {
    return event(
        LEAKED, id, name, Origin.ANYONE, source == null ? Map.of() : Map.of("source", source));
  }

  private static Event event(
      String type, String id, String name, Origin origin, Map<String, String> more) {
    var data = new LinkedHashMap<String, String>();
    data.put("keyId", id);
    data.put("name", name);
    data.putAll(more);
    return new Event(type, id, origin, null, null, Json.write(data));
  }
}
