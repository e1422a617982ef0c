package dev.keyreeve.platform.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a change altered, as details of its entry: `before` and `after`, each with the facts that
/// differ and no others.
public final class Changes {
  private Changes() {}

  /// @param before every fact, by name; none of them a secret
  /// @param after the same facts, by the same names
  public static Map<String, Object> between(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    var old = new LinkedHashMap<String, @Nullable Object>();
    var changed = new LinkedHashMap<String, @Nullable Object>();
    after.forEach(
        (name, value) -> {
          if (!Objects.equals(before.get(name), value)) {
            old.put(name, before.get(name));
            changed.put(name, value);
          }
        });
    return Map.of("before", old, "after", changed);
  }
}
