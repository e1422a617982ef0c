package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pepper is replaced while keys that were issued under it live on.
final class PepperTest {
  private static final String ME = "/dd/v1/me";

  @TempDir private Path folder;

  @Test
  void provesKeysUnderTheOlderPepperForAsLongAsItIsGiven() {
    var first = "1:" + bytes();
    var second = "2:" + bytes();
    String database;
    String workspace;
    String old;
    try (var server = TestServer.start(withFieldKeys(Map.of("KEYREEVE_PEPPER", first)))) {
      database = server.databaseUrl();
      workspace = server.organisation("Peppered", 60_000).workspaceId();
      old = server.fullKey(workspace);
      assertThat(server.get(ME, old).status()).isEqualTo(200);
      assertThat(server.dataDirectory().resolve("pepper")).doesNotExist();
    }

    String recent;
    var both = Map.of("KEYREEVE_PEPPER", second, "KEYREEVE_PEPPER_OLDER", first);
    try (var server = TestServer.start(onThat(database, both))) {
      recent = server.fullKey(workspace);
      assertThat(server.get(ME, old).status()).isEqualTo(200);
      assertThat(server.get(ME, recent).status()).isEqualTo(200);
    }

    var newest = Map.of("KEYREEVE_PEPPER", second);
    try (var server = TestServer.start(onThat(database, newest))) {
      assertThat(server.get(ME, old).status()).isEqualTo(401);
      assertThat(server.get(ME, recent).status()).isEqualTo(200);
    }
  }

  /// All of the servers read the same values.
  private Map<String, String> withFieldKeys(Map<String, String> variables) {
    var all = new HashMap<>(variables);
    all.put("KEYREEVE_FIELD_KEYS_FILE", folder.resolve("field-keys").toString());
    return all;
  }

  private Map<String, String> onThat(String database, Map<String, String> variables) {
    var all = new HashMap<>(withFieldKeys(variables));
    all.put("KEYREEVE_DATABASE_URL", database);
    return all;
  }

  private static String bytes() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
