package dev.keyreeve.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.directdebit.DirectDebitSettings;
import dev.keyreeve.platform.mail.SmtpServer;
import dev.keyreeve.platform.setting.Kind;
import dev.keyreeve.platform.setting.Setting;
import dev.keyreeve.platform.setting.SettingGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourcesTest {
  private static final List<SettingGroup<?>> SERVICES = List.of(DirectDebitSettings.GROUP);
  private static final String PEPPER = "czNjcjN0LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmE=";

  @TempDir private Path home;

  // the tables of direct debit

  @Test
  void readsTheTablesOfDirectDebit() throws IOException {
    var row = "200000 200099 MOD11 0 0 0 0 0 0 8 7 6 5 4 3 2 1\n";
    var weights = Files.writeString(home.resolve("weights.txt"), row + row);
    var substitutions = Files.writeString(home.resolve("substitutions.txt"), "");
    var holidays = Files.writeString(home.resolve("holidays.txt"), "add 2031-06-10\n");

    var direct =
        good(
                Map.of(),
                Map.of(
                    "KEYREEVE_DIRECT_DEBIT_MODULUS_WEIGHTS", weights.toString(),
                    "KEYREEVE_DIRECT_DEBIT_MODULUS_SUBSTITUTIONS", substitutions.toString(),
                    "KEYREEVE_DIRECT_DEBIT_BANK_HOLIDAYS", holidays.toString()))
            .settings()
            .of(DirectDebitSettings.GROUP);

    assertThat(direct.weights().isSynthetic()).isFalse();
    assertThat(direct.weights().size()).isEqualTo(2);
    assertThat(direct.calendar().isProcessingDay(LocalDate.parse("2031-06-10"))).isFalse();
    var standard = good(Map.of(), Map.of()).settings().of(DirectDebitSettings.GROUP);
    assertThat(standard.weights().isSynthetic()).isTrue();
    assertThat(standard.calendar().isProcessingDay(LocalDate.parse("2031-06-10"))).isTrue();
  }

  @Test
  void namesEveryFaultOfEveryTableAtOnce() throws IOException {
    var weights = Files.writeString(home.resolve("weights.txt"), "a\nb\n");
    var substitutions = Files.writeString(home.resolve("substitutions.txt"), "c\n");
    var holidays = Files.writeString(home.resolve("holidays.txt"), "d\n");

    assertThat(
            problems(
                Map.of("http.port", "x"),
                Map.of(
                    "KEYREEVE_DIRECT_DEBIT_MODULUS_WEIGHTS", weights.toString(),
                    "KEYREEVE_DIRECT_DEBIT_MODULUS_SUBSTITUTIONS", substitutions.toString(),
                    "KEYREEVE_DIRECT_DEBIT_BANK_HOLIDAYS", holidays.toString())))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("http.port"),
            problem -> assertThat(problem).contains("modulus-weights: line 1 of " + weights),
            problem -> assertThat(problem).contains("modulus-weights: line 2 of " + weights),
            problem -> assertThat(problem).contains(": line 1 of " + substitutions),
            problem -> assertThat(problem).contains("bank-holidays: line 1 of " + holidays));
    assertThat(
            problems(Map.of(), Map.of("KEYREEVE_DIRECT_DEBIT_MODULUS_WEIGHTS", weights.toString())))
        .containsExactly(
            "direct-debit.modulus-substitutions: is missing; direct-debit.modulus-weights needs"
                + " it.");
  }

  // what holds

  @Test
  void holdsTheDefaultsWhereNothingIsGiven() {
    var settings = good(Map.of(), Map.of()).settings();

    assertThat(settings.dataDirectory()).isEqualTo(home.resolve(".keyreeve"));
    assertThat(settings.http())
        .isEqualTo(new HttpSettings("127.0.0.1", 8080, OptionalInt.empty(), null, List.of()));
    assertThat(settings.tls()).isNull();
    assertThat(settings.metrics()).isNull();
    assertThat(settings.database()).isNull();
    assertThat(settings.demo()).isFalse();
    assertThat(settings.secrets().pepperFile()).isEqualTo(home.resolve(".keyreeve/pepper"));
    assertThat(settings.secrets().fieldKeysFile()).isEqualTo(home.resolve(".keyreeve/field-keys"));
    assertThat(settings.access().lease()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.sessions())
        .isEqualTo(new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12)));
    assertThat(settings.requestLog())
        .isEqualTo(new RequestLogSettings(Duration.ofDays(30), 2L << 30));
  }

  @Test
  void prefersAFlagToTheEnvironmentAndThatToTheFileAndThatToTheDefault() throws IOException {
    var file = file("http.port: 1\nhttp.host: localhost\ndemo: true\n");
    var variables =
        Map.of("KEYREEVE_CONFIG", file.toString(), "KEYREEVE_PORT", "2", "KEYREEVE_HOST", "::1");
    var read = good(Map.of("http.port", "3"), variables);

    assertThat(read.file()).isEqualTo(file);
    assertThat(read.settings().http().port()).isEqualTo(3);
    assertThat(read.settings().http().host()).isEqualTo("::1");
    assertThat(read.settings().demo()).isTrue();
    assertThat(read.lines())
        .contains(
            new Configuration.Line("http.port", "3", "flag", "--port"),
            new Configuration.Line("http.host", "::1", "environment", "KEYREEVE_HOST"),
            new Configuration.Line("demo", "true", "file", file.toString()),
            new Configuration.Line("metrics.port", "none", "default", ""));
  }

  @Test
  void findsTheFileInTheDataDirectory() throws IOException {
    var data = Files.createDirectory(home.resolve("data"));
    Files.writeString(data.resolve("keyreeve.yaml"), "http: {port: 7}\n");

    assertThat(good(Map.of("data-dir", data.toString()), Map.of()).settings().http().port())
        .isEqualTo(7);
    assertThat(
            good(Map.of(), Map.of("KEYREEVE_DATA_DIR", data.toString())).settings().http().port())
        .isEqualTo(7);
    Files.writeString(data.resolve("keyreeve.yaml"), "data-dir: /elsewhere\n");
    assertThat(problems(Map.of("data-dir", data.toString()), Map.of()))
        .singleElement()
        .asString()
        .contains("data-dir: cannot be given in", "--config");
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark() throws IOException {
    assertThat(good("\uFEFFhttp: {port: 8443}\n").settings().http().port()).isEqualTo(8443);
  }

  @Test
  void readsGroupsWithDotsAndAsMappings() throws IOException {
    var read =
        good(
            """
            # a comment
            http:
              port: 8443
              trusted-proxy: [10.0.0.0/8, "2001:db8::/32"]
            metrics.port: 9090
            tls:
              certificate: tls/server.pem
              private-key: ~/key.pem
            """);

    assertThat(read.settings().http().port()).isEqualTo(8443);
    assertThat(read.settings().http().trustedProxies())
        .containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("2001:db8::/32"));
    assertThat(read.settings().metrics()).isEqualTo(new MetricsSettings("127.0.0.1", 9090));
    assertThat(read.settings().tls())
        .describedAs("paths are seen from the file; ~ is the home directory")
        .isEqualTo(new TlsSettings(home.resolve("tls/server.pem"), home.resolve("key.pem")));
  }

  @Test
  void takesAnEmptyVariableForNone() {
    var read = good(Map.of(), Map.of("KEYREEVE_PUBLIC_URL", "", "KEYREEVE_CONFIG", " "));

    assertThat(read.settings().http().publicUrl()).isNull();
  }

  @Test
  void takesAPepperWithItsVersion() {
    var first = good(Map.of(), Map.of("KEYREEVE_PEPPER", PEPPER)).settings().secrets().pepper();
    var third =
        good(Map.of(), Map.of("KEYREEVE_PEPPER", "3:" + PEPPER)).settings().secrets().pepper();

    assertThat(first).isNotNull().extracting(Pepper::version).isEqualTo(1);
    assertThat(third).isNotNull().extracting(Pepper::version).isEqualTo(3);
  }

  @Test
  void takesAnOlderPepperOnlyBelowANewerOne() {
    var both = Map.of("KEYREEVE_PEPPER", "2:" + PEPPER, "KEYREEVE_PEPPER_OLDER", PEPPER);

    assertThat(good(Map.of(), both).settings().secrets().olderPepper())
        .isNotNull()
        .extracting(Pepper::version)
        .isEqualTo(1);
    for (var newest : List.of("1:" + PEPPER, "")) {
      var variables = Map.of("KEYREEVE_PEPPER", newest, "KEYREEVE_PEPPER_OLDER", PEPPER);
      assertThat(problems(Map.of(), variables))
          .containsExactly(
              "pepper.older: needs a lower version than pepper, which must be given as"
                  + " VERSION:BYTES.");
    }
  }

  // what is wrong

  @Test
  void namesAllThatIsWrongAtOnce() throws IOException {
    var file =
        file("htpp.port: 1\nhttp: {prot: 2, host: 'a b'}\nmetrics.port: -1\nfavourite: blue\n");
    var variables =
        Map.of(
            "KEYREEVE_CONFIG", file.toString(),
            "KEYREEVE_PROT", "2",
            "KEYREEVE_DEMO", "perhaps",
            "KEYREEVE_JAVA_OPTS", "-Xmx1g",
            "KEYREEVE_URL", "http://localhost:8080");

    assertThat(problems(Map.of("http.port", "70000"), variables))
        .containsExactlyInAnyOrder(
            "There is no setting htpp.port in " + file + ". Did you mean http.port?",
            "There is no setting http.prot in " + file + ". Did you mean http.port?",
            "There is no setting favourite in " + file + ".",
            "There is no setting KEYREEVE_PROT in the environment. Did you mean KEYREEVE_PORT?",
            "http.port (--port): must be a whole number from 0 to 65535, and not '70000'.",
            "http.host ("
                + file
                + "): must be an address or a name of this machine, such as"
                + " 127.0.0.1 or 0.0.0.0, and not 'a b'.",
            "metrics.port ("
                + file
                + "): must be a whole number from 1 to 65535, or none, and not"
                + " '-1'.",
            "demo (KEYREEVE_DEMO): must be true or false, and not 'perhaps'.");
  }

  @ParameterizedTest
  @CsvSource({
    "port, http.port",
    "private-key, tls.private-key",
    "http.allow-plain-http, http.allow-plain-http-beyond-loopback",
    "pepper-file, pepper.file",
    "tls.certificat, tls.certificate"
  })
  void tellsTheNearestName(String name, String nearest) throws IOException {
    assertThat(problems(name + ": x\n"))
        .singleElement()
        .asString()
        .endsWith("Did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "KEYREEVE_DATABASE_URL, mysql://user:canary@host/db",
    "KEYREEVE_DATABASE_URL, postgresql://user:can ary@host/db",
    "KEYREEVE_PEPPER, canary",
    "KEYREEVE_PEPPER, canarycanary=canary",
    "KEYREEVE_PEPER, canary",
    "KEYREEVE_CONFIG, SECRETS"
  })
  void repeatsNoSecret(String variable, String value) throws IOException {
    var file = file("pepper: canary\npassword: canary\nx: &canary canary\n");

    var problems = problems(Map.of(), Map.of(variable, value.replace("SECRETS", file.toString())));

    assertThat(problems).isNotEmpty().noneMatch(problem -> problem.contains("can"));
  }

  @Test
  void printsNoSecret() throws IOException {
    var file = file("database.url: postgresql://user:canary@host/db\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    var read =
        good(Map.of(), Map.of("KEYREEVE_CONFIG", file.toString(), "KEYREEVE_PEPPER", PEPPER));

    assertThat(read.toString()).doesNotContain("canary", PEPPER);
    assertThat(read.lines())
        .contains(
            new Configuration.Line("database.url", "[redacted]", "file", file.toString()),
            new Configuration.Line("pepper", "[redacted]", "environment", "KEYREEVE_PEPPER"));
  }

  @Test
  void takesASecretOnlyFromAFileForItsOwnerAlone() throws IOException {
    var file = file("database.url: postgresql://user:canary@host/db\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(problems(Map.of(), Map.of("KEYREEVE_CONFIG", file.toString())))
        .containsExactly(
            "database.url: is a secret, and %s is open to others. Allow its owner alone: chmod 600 %s"
                .formatted(file, file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.port: 1\nhttp.port: 2\n",
        "http: {port: 1}\nhttp.port: 2\n",
        "http: {port: 1, port: 2}\n",
        "http: &a {port: 1}\nmetrics: *a\n",
        "http.host: &a localhost\nmetrics.host: *a\n",
        "http.port: !!int 1\n",
        "--- {demo: true}\n--- {demo: false}\n",
        "- http.port\n",
        "just text\n",
        "http.trusted-proxy: [[10.0.0.0/8]]\n",
        "http.port: [\n",
        "\tdemo: true\n"
      })
  void refusesWhatIsNoPlainFile(String text) throws IOException {
    assertThat(problems(text))
        .singleElement()
        .asString()
        .startsWith("The file of settings " + home)
        .contains("is refused: ");
  }

  @Test
  void refusesAFileThatIsHugeOrMissing() throws IOException {
    assertThat(problems("# " + "x".repeat(300_000) + "\n"))
        .singleElement()
        .asString()
        .endsWith("it is longer than 256 KiB.");
    assertThat(problems(Map.of(), Map.of("KEYREEVE_CONFIG", "/nowhere/at-all.yaml")))
        .containsExactly("The file of settings /nowhere/at-all.yaml does not exist.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.host: 0.0.0.0 | http.host: 0.0.0.0 is reached over the network",
        "http.host: 192.0.2.1 | or set http.allow-plain-http-beyond-loopback to true.",
        "tls.certificate: a.pem | tls.private-key: is missing; tls.certificate needs it.",
        "tls.private-key: a.pem | tls.certificate: is missing; tls.private-key needs it.",
        "http.plain-port: 8081 | http.plain-port: has a meaning beside TLS alone.",
        "metrics.port: 8080 | metrics.port: is the same as http.port.",
        "http.port: | http.port (FILE): must be a whole number",
        "http.public-url: https://example.com/path | must be a URL without a path",
        "http.trusted-proxy: 10.0.0.1/8 | has bits after its prefix"
      })
  void namesWhatDoesNotGoTogether(String text, String problem) throws IOException {
    assertThat(problems(text + "\n"))
        .singleElement()
        .asString()
        .contains(problem.replace("FILE", home.resolve("settings.yaml").toString()));
  }

  @Test
  void allowsPlainHttpBeyondLoopbackWhereItIsSwitchedOn() throws IOException {
    var read =
        good("http: {host: 0.0.0.0, allow-plain-http-beyond-loopback: true}\n").settings().http();

    assertThat(read.host()).isEqualTo("0.0.0.0");
  }

  // the settings of a service

  @Test
  void readsWhatAServiceDeclaresAndNothingOfTheOthers() {
    var pace = Setting.of("made-up.pace", Kind.integer(1, 9), "3", "How fast.");
    var group = SettingGroup.of(pace);
    var variables = Map.of("KEYREEVE_MADE_UP_PACE", "7");

    var given = read(List.of(group), Map.of(), variables);
    var standard = read(List.of(group), Map.of(), Map.of());
    var bad = read(List.of(group), Map.of("made-up.pace", "x", "http.port", "y"), Map.of());

    assertThat(((Configuration.Good) given).settings().of(group).get(pace)).isEqualTo(7);
    assertThat(((Configuration.Good) given).settings().of(group).byName()).hasSize(1);
    assertThat(((Configuration.Good) standard).settings().of(group).get(pace)).isEqualTo(3);
    assertThat(((Configuration.Bad) bad).problems())
        .containsExactly(
            "http.port (--port): must be a whole number from 0 to 65535, and not 'y'.",
            "made-up.pace (--made-up-pace): must be a whole number from 1 to 9, and not 'x'.");
  }

  @Test
  void readsNothingWhereTwoServicesDeclareOneSetting() {
    var one = SettingGroup.of(Setting.of("made-up.pace", Kind.truth(), "true", "One."));
    var other = SettingGroup.of(Setting.of("made-up.pace", Kind.truth(), "true", "Another."));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(List.of(one, other), Map.of(), Map.of()))
        .withMessage("declared twice: made-up.pace");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(home.resolve("settings.yaml"), text);
  }

  private Configuration.Good good(String file) throws IOException {
    return good(Map.of(), Map.of("KEYREEVE_CONFIG", file(file).toString()));
  }

  private Configuration.Good good(Map<String, String> flags, Map<String, String> variables) {
    return switch (read(flags, variables)) {
      case Configuration.Good good -> good;
      case Configuration.Bad(var problems) -> throw new AssertionError(problems);
    };
  }

  @Test
  void readsWhereMailGoesAndWithWhosePassword() throws IOException {
    var password = Files.writeString(home.resolve("password"), "open sesame\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    var mail =
        good("""
                mail: {host: smtp.example.com, from: no-reply@example.com, user: us}
                mail.password-file: password
                """)
            .settings()
            .mail();

    var place = Objects.requireNonNull(mail.place());
    assertThat(place.server())
        .isEqualTo(
            new SmtpServer(
                "smtp.example.com", 587, SmtpServer.Tls.STARTTLS, "us", Secret.of("open sesame")));
    assertThat(mail.from().address().text()).isEqualTo("no-reply@example.com");
    assertThat(good("").settings().mail().place()).isNull();
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatIllegalStateException().isThrownBy(place::server);
  }

  @Test
  void sendsNoMailInClearOverANetworkAndNoneFromNowhere() throws IOException {
    assertThat(problems("mail: {host: 192.0.2.1, tls: none, user: us}\n"))
        .anySatisfy(problem -> assertThat(problem).contains("mail.from: is missing"))
        .anySatisfy(problem -> assertThat(problem).contains("mail.password-file: is missing"))
        .anySatisfy(problem -> assertThat(problem).contains("mail.tls: none is for a server"))
        .hasSize(3);
    assertThat(problems("mail.from: \"a@b, c@d\"\n"))
        .singleElement()
        .asString()
        .contains("mail.from");
  }

  private List<String> problems(String file) throws IOException {
    return problems(Map.of(), Map.of("KEYREEVE_CONFIG", file(file).toString()));
  }

  private List<String> problems(Map<String, String> flags, Map<String, String> variables) {
    return switch (read(flags, variables)) {
      case Configuration.Good good -> throw new AssertionError("nothing is wrong: " + good);
      case Configuration.Bad(var problems) -> problems;
    };
  }

  private Configuration read(Map<String, String> flags, Map<String, String> variables) {
    return read(SERVICES, flags, variables);
  }

  private Configuration read(
      List<SettingGroup<?>> services, Map<String, String> flags, Map<String, String> variables) {
    var environment = new HashMap<>(variables);
    environment.put("PATH", "/usr/bin");
    return new Sources(services, flags, environment, null, home).read();
  }
}
