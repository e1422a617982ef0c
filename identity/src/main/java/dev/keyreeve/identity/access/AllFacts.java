package dev.keyreeve.identity.access;

import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.ScopeCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Every kind of fact that a node knows. A further kind is one more line.
public final class AllFacts {
  private AllFacts() {}

  /// In the order in which they stand on each other.
  ///
  /// @param catalogues the scopes of each API, by brand
  /// @param idle how long a session may go unused
  public static List<Facts> of(
      KeyDirectory keys,
      SessionDirectory sessions,
      Meter meter,
      Map<String, ScopeCatalogue> catalogues,
      Duration idle) {
    var organisations = new OrganisationFacts(meter);
    return List.of(
        organisations,
        new KeyFacts(keys, meter, catalogues, organisations),
        new SessionFacts(sessions, meter, catalogues, idle, organisations));
  }
}
