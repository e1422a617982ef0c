package dev.keyreeve.platform.audit;

import dev.keyreeve.procedure.Actor;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One change, to be told later.
///
/// @param chain id of the organisation whose chain it joins, or [AuditLog#SERVER]
/// @param action what was done, such as `key.revoked`
/// @param details further facts, such as what was there before: texts, numbers, booleans, and lists
///   and maps of them. No secret is ever one, and no type that holds a secret is taken.
public record AuditEntry(
    String chain,
    Instant at,
    Actor actor,
    String action,
    Target target,
    Map<String, Object> details) {

  /// @throws IllegalArgumentException if a detail is of another type
  public AuditEntry {
    details = Map.copyOf(details);
    requirePlain(action, details);
  }

  private static void requirePlain(String action, @Nullable Object detail) {
    switch (detail) {
      case null -> {}
      case String _, Integer _, Long _, Boolean _ -> {}
      case Collection<?> items -> items.forEach(item -> requirePlain(action, item));
      case Map<?, ?> map -> {
        map.keySet().forEach(name -> requirePlain(action, name));
        map.values().forEach(value -> requirePlain(action, value));
      }
      default ->
          throw new IllegalArgumentException(
              "A detail of "
                  + action
                  + " is neither text, number nor boolean, nor made of them: write it as text.");
    }
  }
}
