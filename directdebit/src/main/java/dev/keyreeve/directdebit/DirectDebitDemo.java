package dev.keyreeve.directdebit;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.directdebit.collection.CollectionScopes;
import dev.keyreeve.directdebit.mandate.MandateDemo;
import dev.keyreeve.directdebit.mandate.MandateScopes;
import dev.keyreeve.directdebit.watch.alert.AlertDemo;
import dev.keyreeve.platform.service.DemoKey;
import dev.keyreeve.platform.service.ServiceDemo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A sandbox to play with: mandates in several states, and two keys.
///
/// @param scopes all that there are, which the first key has
record DirectDebitDemo(ScopeCatalogue scopes, MandateDemo mandates, AlertDemo alerts)
    implements ServiceDemo {
  private static final DemoKey READ =
      new DemoKey(
          "dd_read",
          "Read-only key",
          "Demo: read only",
          List.<Scope>of(MandateScopes.MANDATES_READ, CollectionScopes.COLLECTIONS_READ));

  @Override
  public List<DemoKey> keys() {
    return List.of(full(), READ);
  }

  private DemoKey full() {
    var all = scopes.entries().stream().map(ScopeCatalogue.Entry::scope).toList();
    return new DemoKey("dd_full", "Full key", "Demo: everything", all);
  }

  @Override
  public Map<String, String> seed(String workspace, Instant now) {
    if (mandates.seed(workspace, now)) alerts.seed(workspace, now);
    return Map.of();
  }

  @Override
  public String commands(String url, Map<String, Secret> keys) {
    return """
    Who am I:
      curl -H 'Authorization: Bearer %2$s' %1$s/dd/v1/me
    List mandates:
      curl -H 'X-API-Key: %3$s' '%1$s/dd/v1/mandates?limit=3'
    Be refused, for want of a scope:
      curl -X POST -H 'X-API-Key: %3$s' %1$s/dd/v1/mandates/man_01JDCVN8Q00000000000000000/cancel
    """
        .formatted(url, text(keys, full()), text(keys, READ));
  }

  private static String text(Map<String, Secret> keys, DemoKey key) {
    return Objects.requireNonNull(keys.get(key.field())).reveal();
  }
}
