package dev.keyreeve.server.node;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import dev.keyreeve.procedure.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the command line finds a running server, and proves that it may command it: a file in the
/// data directory that only the server's owner can read. It goes when the server goes.
///
/// @param workspace the one to use where none is named; null if there is no such one
/// @param certificate the SHA-256 of the certificate that the server shows, in hexadecimal,
///   whatever names it is for; null if it speaks plain http
public record CommandLineFile(
    String url, Secret token, @Nullable String workspace, @Nullable String certificate) {
  private static final String NAME = "operator.json";

  CommandLineFile certifiedBy(String fingerprint) {
    return new CommandLineFile(url, token, workspace, fingerprint);
  }

  void write(Path dataDirectory) {
    var fields = Json.object().put("url", url).put("token", token.reveal());
    if (workspace != null) fields.put("workspace", workspace);
    if (certificate != null) fields.put("certificate", certificate);
    OwnerOnlyFile.write(dataDirectory.resolve(NAME), fields.toString());
  }

  /// The file of the server that runs on this directory, or null if none does.
  public static @Nullable CommandLineFile find(Path dataDirectory) {
    var file = dataDirectory.resolve(NAME);
    if (Files.notExists(file)) return null;
    var fields = Json.read(OwnerOnlyFile.read(file));
    return new CommandLineFile(
        fields.path("url").asText(),
        Secret.of(fields.path("token").asText()),
        fields.has("workspace") ? fields.path("workspace").asText() : null,
        fields.has("certificate") ? fields.path("certificate").asText() : null);
  }

  static void delete(Path dataDirectory) {
    try {
      Files.deleteIfExists(dataDirectory.resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
