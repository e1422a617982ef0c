package dev.keyreeve.platform.service;

import dev.keyreeve.access.credential.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a service shows to somebody who tries it out, in the sandbox workspace of a demo.
public interface ServiceDemo {
  /// The keys that each start issues for it, in the order in which they are printed.
  List<DemoKey> keys();

  /// Fills a workspace in which there is nothing of this service yet; leaves any other as it is.
  ///
  /// @return what programs read of it in `demo.json`, under the service's brand; empty for nothing
  Map<String, String> seed(String workspace, Instant now);

  /// What can be tried with the keys, to be printed: commands, each below a line that says what it
  /// does.
  ///
  /// @param keys by their fields
  String commands(String url, Map<String, Secret> keys);
}
