package dev.keyreeve.server.node;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import dev.keyreeve.procedure.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the start of a demo prints, for programs: a file in the data directory that only the
/// server's owner can read. A start with a demo takes away that of the start before, whose keys it
/// revokes; when the server stops, the file stays.
final class DemoFile {
  private static final String NAME = "demo.json";

  private DemoFile() {}

  /// @param ownerCode null if somebody is an owner already, which is written as `null`
  static void write(Path dataDirectory, String url, Demo demo, @Nullable Secret ownerCode) {
    var fields = Json.object().put("url", url);
    var keys = fields.putObject("keys");
    for (var service : demo.shown()) {
      service.keys().forEach((field, secret) -> keys.put(field, secret.reveal()));
    }
    fields.put("owner_code", ownerCode == null ? null : ownerCode.reveal());
    for (var service : demo.shown()) {
      if (service.facts().isEmpty()) continue;
      var facts = fields.putObject(service.brand());
      service.facts().forEach(facts::put);
    }
    OwnerOnlyFile.write(dataDirectory.resolve(NAME), fields.toPrettyString() + "\n");
  }

  static void delete(Path dataDirectory) {
    try {
      Files.deleteIfExists(dataDirectory.resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
