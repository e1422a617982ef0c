package dev.keyreeve.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import dev.keyreeve.platform.postgres.TestPostgres;
import dev.keyreeve.server.config.Configuration;
import dev.keyreeve.server.config.Settings;
import dev.keyreeve.server.config.Sources;
import dev.keyreeve.server.doctor.Finding.Verdict;
import dev.keyreeve.server.node.ServerProcess;
import dev.keyreeve.server.node.Services;
import dev.keyreeve.server.node.TestServer;
import dev.keyreeve.server.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void makeDataDirectory() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void findsNothingWrongBeforeTheFirstStart() {
    var found = examine(Map.of());

    assertThat(found.findings()).extracting(Finding::verdict).doesNotContain(Verdict.FAILED);
    assertThat(found.of("server").verdict()).isEqualTo(Verdict.ABSENT);
    assertThat(found.of("database").verdict()).isEqualTo(Verdict.ABSENT);
    assertThat(found.of("certificate").verdict()).isEqualTo(Verdict.ABSENT);
    assertThat(found.of("data directory").verdict()).isEqualTo(Verdict.GOOD);
    assertThat(found.of("pepper").message()).contains("is made at the first start");
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void findsAllWellWithARunningServerAndItsOwnDatabase() throws Exception {
    try (var server = ServerProcess.serve(data)) {
      var url = server.url();
      server.await(Pattern.compile("--scope mandates:write"));
      var found = examine(Map.of());

      assertThat(found.findings()).extracting(Finding::verdict).doesNotContain(Verdict.FAILED);
      assertThat(found.of("server").verdict()).isEqualTo(Verdict.GOOD);
      assertThat(found.of("port").message()).contains(url.substring(url.lastIndexOf(':') + 1));
      assertThat(found.of("database").message()).isEqualTo("PostgreSQL 18 answers.");
      assertThat(found.of("schema").message()).isEqualTo("It is up to date.");
      assertThat(found.of("clock").verdict()).isEqualTo(Verdict.GOOD);
      assertThat(found.of("pepper").verdict()).isEqualTo(Verdict.GOOD);
      assertThat(found.of("field keys").verdict()).isEqualTo(Verdict.GOOD);
    }
  }

  @Test
  void looksAtADatabaseWithoutChangingIt() throws Exception {
    var database = TestPostgres.freshDatabase();
    var location = database.location();
    var settings = settings(on(location));

    assertThat(examine(settings).of("schema").message()).startsWith("The next start brings ");
    assertThat(examine(settings).of("schema").verdict()).isEqualTo(Verdict.GOOD);
    try (var connection = database.connectAsSuperuser();
        var tables =
            connection
                .createStatement()
                .executeQuery("select count(*) from pg_tables where schemaname = 'public'")) {
      tables.next();
      assertThat(tables.getInt(1)).isZero();
    }
    Database.open(location).close();
    assertThat(examine(settings).of("schema").message()).isEqualTo("It is up to date.");
  }

  @Test
  void tellsOfAWeightTableThatALiveWorkspaceLacksAndOfFieldKeys() throws Exception {
    var location = TestPostgres.migratedDatabase().location();
    var settings = settings(on(location));
    try (var database = Database.open(location)) {
      assertThat(examine(settings).of("weight table").verdict()).isEqualTo(Verdict.ABSENT);
      database
          .jdbi()
          .useHandle(
              handle -> {
                handle.execute(
                    "insert into organisation values ('o', 'O', 'standard', 60, false, now())");
                handle.execute("insert into workspace values ('w', 'o', 'O', 'live', 0, now())");
              });
      assertThat(examine(settings).of("weight table").verdict()).isEqualTo(Verdict.WARNING);
    }
    assertThat(examine(settings).of("sealed values").verdict()).isEqualTo(Verdict.GOOD);
    FieldKeys.loadOrCreate(data.resolve("field-keys"));
    assertThat(examine(settings).of("sealed values").message())
        .startsWith("Field key 1 is not in use yet");
  }

  private static Map<String, String> on(Database.Location location) {
    return Map.of("KEYREEVE_DATABASE_URL", TestServer.url(location));
  }

  @Test
  void failsADatabaseThatDoesNotAnswerWithoutItsPassword() {
    var found = examine(Map.of("KEYREEVE_DATABASE_URL", "postgresql://a:canary@127.0.0.1:1/x"));

    assertThat(found.of("database").verdict()).isEqualTo(Verdict.FAILED);
    assertThat(found.toString()).doesNotContain("canary");
  }

  @Test
  void failsFilesThatOthersCanReadOrThatHoldSomethingElse() throws IOException {
    OwnerOnlyFile.write(data.resolve("pepper"), "canary");
    Files.writeString(data.resolve("field-keys"), "canary");
    Files.setPosixFilePermissions(
        data.resolve("field-keys"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

    var found = examine(Map.of());

    assertThat(found.of("data directory").message()).contains("chmod 700 " + data);
    assertThat(found.of("pepper").verdict()).isEqualTo(Verdict.FAILED);
    assertThat(found.of("field keys").message()).contains("is open to others");
    assertThat(found.of("field keys").verdict()).isEqualTo(Verdict.FAILED);
    assertThat(found.toString()).doesNotContain("canary");
  }

  @Test
  void failsAPortThatAnotherProgramHas() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());

      assertThat(examine(Map.of("KEYREEVE_PORT", port)).of("port").verdict())
          .isEqualTo(Verdict.FAILED);
    }
  }

  @Test
  void tellsOfACertificateInTimeAndByName() throws IOException {
    var files = TestCertificate.make(folder, "a", "-validity", "100").writeTo(folder);
    var settings =
        Map.of(
            "KEYREEVE_TLS_CERTIFICATE", files.certificate().toString(),
            "KEYREEVE_TLS_PRIVATE_KEY", files.privateKey().toString(),
            "KEYREEVE_PUBLIC_URL", "https://localhost");
    Files.setPosixFilePermissions(files.privateKey(), PosixFilePermissions.fromString("rw-------"));

    assertThat(certificate(settings, Duration.ZERO).verdict()).isEqualTo(Verdict.GOOD);
    assertThat(certificate(settings, Duration.ofDays(90)).message()).startsWith("It expires soon");
    assertThat(certificate(settings, Duration.ofDays(90)).verdict()).isEqualTo(Verdict.WARNING);
    assertThat(certificate(settings, Duration.ofDays(101)).message()).startsWith("It expired at ");
    assertThat(certificate(settings, Duration.ofDays(101)).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(certificate(settings, Duration.ofDays(-1)).verdict()).isEqualTo(Verdict.FAILED);

    var elsewhere = new HashMap<>(settings);
    elsewhere.put("KEYREEVE_PUBLIC_URL", "https://pay.example.com");
    assertThat(certificate(elsewhere, Duration.ZERO).message())
        .contains("and not for pay.example.com");

    Files.setPosixFilePermissions(files.privateKey(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(certificate(settings, Duration.ZERO).verdict()).isEqualTo(Verdict.WARNING);
    Files.writeString(files.certificate(), "broken");
    assertThat(certificate(settings, Duration.ZERO).message())
        .contains(files.certificate().toString());
  }

  private record Found(List<Finding> findings) {
    Finding of(String subject) {
      return findings.stream()
          .filter(finding -> finding.subject().equals(subject))
          .findFirst()
          .orElseThrow();
    }
  }

  private Finding certificate(Map<String, String> variables, Duration later) {
    var now = Instant.now().plus(later);
    return CertificateCheck.examine(settings(variables), now);
  }

  private Found examine(Map<String, String> variables) {
    return examine(settings(variables));
  }

  private static Found examine(Settings settings) {
    return new Found(new Doctor(settings, Instant::now).examine());
  }

  private Settings settings(Map<String, String> variables) {
    var all = new HashMap<>(Map.of("KEYREEVE_PORT", "0", "KEYREEVE_DATA_DIR", data.toString()));
    all.putAll(variables);
    return switch (new Sources(Services.SHIPPED.settings(), Map.of(), all, null, folder).read()) {
      case Configuration.Good good -> good.settings();
      case Configuration.Bad(var problems) -> throw new AssertionError(problems);
    };
  }
}
