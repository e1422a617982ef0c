package dev.keyreeve.server.config;

import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.mail.SmtpServer;
import dev.keyreeve.platform.setting.Kind;
import dev.keyreeve.platform.setting.Setting;
import dev.keyreeve.platform.setting.SettingGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// The settings of the server itself, and all settings together with those of the services.
final class KnownSettings {
  static final Setting<Path> DATA_DIRECTORY =
      Setting.of(
          "data-dir",
          Kind.path(),
          "~/.keyreeve",
          "Where the server keeps everything it must find again; for its owner alone.");

  static final Setting<Boolean> DEMO =
      Setting.of(
          "demo",
          Kind.truth(),
          "false",
          "Whether to fill in a demo organisation with mandates, and print keys for it.");

  static final Setting<Database.Location> DATABASE =
      Setting.secret(
          "database.url",
          ServerKinds.database(),
          "a PostgreSQL of its own",
          "A PostgreSQL 15 to 18 of yours, and the role that owns the database.");

  static final Setting<String> HOST =
      Setting.of("http.host", Kind.host(), "127.0.0.1", "The address to listen on.");

  static final Setting<Integer> PORT =
      Setting.of(
          "http.port",
          Kind.port(),
          "8080",
          "The port to listen on; 0 takes any that is free, and prints it.");

  static final Setting<OptionalInt> PLAIN_PORT =
      Setting.of(
          "http.plain-port",
          Kind.portOrNone(),
          "none",
          "Beside TLS, a port where plain http is spoken, only to refuse every request.");

  static final Setting<Boolean> PLAIN_BEYOND_LOOPBACK =
      Setting.of(
          "http.allow-plain-http-beyond-loopback",
          Kind.truth(),
          "false",
          "Whether keys may cross a network unencrypted: without TLS, the server otherwise listens"
              + " on loopback addresses alone.");

  static final Setting<String> PUBLIC_URL =
      Setting.optional(
          "http.public-url",
          Kind.publicUrl(),
          "where it listens",
          "Where people and payers reach the server from outside, for links to it.");

  static final Setting<List<Cidr>> TRUSTED_PROXY =
      Setting.of(
          "http.trusted-proxy",
          Kind.ranges(),
          "none",
          "Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; what they received"
              + " over plain http is refused.");

  static final Setting<Path> TLS_CERTIFICATE =
      Setting.optional(
          "tls.certificate",
          Kind.path(),
          "none: plain http",
          "A PEM file with the server's certificate and those between it and its root; with it the"
              + " server speaks TLS. Read again when it changes.");

  static final Setting<Path> TLS_PRIVATE_KEY =
      Setting.optional(
          "tls.private-key",
          Kind.path(),
          "none",
          "The PEM file (PKCS #8, not encrypted) with the certificate's private key.");

  static final Setting<OptionalInt> METRICS_PORT =
      Setting.of(
          "metrics.port",
          Kind.portOrNone(),
          "none",
          "The port where `/metrics` is served to Prometheus.");

  static final Setting<String> METRICS_HOST =
      Setting.of(
          "metrics.host",
          Kind.host(),
          "127.0.0.1",
          "The address to serve metrics on; whoever reaches it may read them.");

  static final Setting<Pepper> PEPPER =
      Setting.secret(
          "pepper",
          ServerKinds.pepper(),
          "that of `pepper.file`",
          "The secret under which keys are digested, where it is not to be kept in a file.");

  static final Setting<Pepper> OLDER_PEPPER =
      Setting.secret(
          "pepper.older",
          ServerKinds.pepper(),
          "none",
          "The pepper before this one, of a lower version: keys digested under it go on working.");

  static final Setting<Path> PEPPER_FILE =
      Setting.optional(
          "pepper.file",
          Kind.path(),
          "`pepper` in the data directory",
          "The file with the pepper, made at the first start; without it no key works.");

  static final Setting<Path> FIELD_KEYS_FILE =
      Setting.optional(
          "field-keys.file",
          Kind.path(),
          "`field-keys` in the data directory",
          "The file with the keys of encrypted columns, made at the first start.");

  static final Setting<Duration> LEASE =
      Setting.of(
          "access.lease",
          Kind.time("1s", "300s"),
          "5s",
          "How long a server that cannot read the log of access changes goes on permitting calls;"
              + " also the longest that a revocation waits for a server that is cut off.");

  static final Setting<Duration> SESSION_IDLE =
      Setting.of(
          "sessions.idle",
          Kind.time("1m", "24h"),
          "30m",
          "After how long without a call a person is signed out.");

  static final Setting<Duration> SESSION_ABSOLUTE =
      Setting.of(
          "sessions.absolute",
          Kind.time("5m", "30d"),
          "12h",
          "After how long a person must sign in again.");

  static final Setting<Duration> REQUEST_LOG_KEEP =
      Setting.of(
          "request-log.keep",
          Kind.time("1d", "3650d"),
          "30d",
          "How long the log of requests is kept, in whole days.");

  static final Setting<Long> REQUEST_LOG_MAX_SIZE =
      Setting.of(
          "request-log.max-size",
          Kind.size(),
          "2GiB",
          "The most that the log of requests may take on disk; beyond it the oldest day goes.");

  static final Setting<Integer> FAILURES_PER_MINUTE =
      Setting.of(
          "failures.per-minute",
          Kind.integer(1, 100_000),
          "60",
          "How many failed authentications a minute one address may cause before it is refused"
              + " unheard; no valid key is ever counted.");

  static final Setting<String> MAIL_HOST =
      Setting.optional(
          "mail.host",
          Kind.host(),
          "none: mail lands in `outbox` in the data directory",
          "The SMTP server that takes mail to payers.");

  static final Setting<Integer> MAIL_PORT =
      Setting.of("mail.port", Kind.integer(1, 65_535), "587", "The port of the SMTP server.");

  static final Setting<SmtpServer.Tls> MAIL_TLS =
      Setting.of(
          "mail.tls",
          ServerKinds.mailTls(),
          "starttls",
          "How mail is encrypted on its way to the SMTP server: `starttls` begins in clear and sends"
              + " nothing before it is encrypted, `implicit` is encrypted from the first byte (usual"
              + " on port 465), `none` is for a server on this machine alone.");

  static final Setting<String> MAIL_USER =
      Setting.optional(
          "mail.user", Kind.line(), "none: no sign-in", "As whom to sign in to the SMTP server.");

  static final Setting<Path> MAIL_PASSWORD_FILE =
      Setting.optional(
          "mail.password-file",
          Kind.path(),
          "none",
          "The file with the password of `mail.user`; for its owner alone. Read at the start.");

  static final Setting<EmailAddress> MAIL_FROM =
      Setting.optional(
          "mail.from",
          ServerKinds.mailAddress(),
          "`keyreeve@localhost`, for the outbox alone",
          "The address that mail comes from.");

  static final Setting<String> MAIL_FROM_NAME =
      Setting.of("mail.from-name", Kind.line(), "Keyreeve", "The name beside that address.");

  static final Setting<EmailAddress> MAIL_RETURN_PATH =
      Setting.optional(
          "mail.return-path",
          ServerKinds.mailAddress(),
          "that of `mail.from`",
          "The address that mail servers send reports of failed deliveries to.");

  private static final List<Setting<?>> OF_THE_SERVER =
      List.of(
          DATA_DIRECTORY,
          DEMO,
          DATABASE,
          HOST,
          PORT,
          PLAIN_PORT,
          PLAIN_BEYOND_LOOPBACK,
          PUBLIC_URL,
          TRUSTED_PROXY,
          TLS_CERTIFICATE,
          TLS_PRIVATE_KEY,
          METRICS_PORT,
          METRICS_HOST,
          PEPPER,
          OLDER_PEPPER,
          PEPPER_FILE,
          FIELD_KEYS_FILE,
          LEASE,
          FAILURES_PER_MINUTE,
          SESSION_IDLE,
          SESSION_ABSOLUTE,
          REQUEST_LOG_KEEP,
          REQUEST_LOG_MAX_SIZE);

  private static final List<Setting<?>> OF_MAIL =
      List.of(
          MAIL_HOST,
          MAIL_PORT,
          MAIL_TLS,
          MAIL_USER,
          MAIL_PASSWORD_FILE,
          MAIL_FROM,
          MAIL_FROM_NAME,
          MAIL_RETURN_PATH);

  /// Names the file of settings itself.
  static final String FILE_VARIABLE = "KEYREEVE_CONFIG";

  /// Variables that others read: `./keyreeve` itself, and the callers in the documentation.
  static final Set<String> VARIABLES_OF_OTHERS =
      Set.of("KEYREEVE_JAVA_HOME", "KEYREEVE_JAVA_OPTS", "KEYREEVE_URL", "KEYREEVE_KEY");

  private KnownSettings() {}

  /// All of them, in the order of the reference: those of the services stand before those of mail.
  ///
  /// @throws IllegalArgumentException if two have one name, or are given in one way
  static List<Setting<?>> with(Collection<SettingGroup<?>> services) {
    var all =
        Stream.of(
                OF_THE_SERVER.stream(),
                services.stream().flatMap(group -> group.settings().stream()),
                OF_MAIL.stream())
            .flatMap(settings -> settings)
            .<Setting<?>>map(setting -> setting)
            .toList();
    var variables = new HashSet<String>();
    for (var setting : all) {
      if (!variables.add(setting.environment())) {
        throw new IllegalArgumentException("declared twice: " + setting.name());
      }
    }
    return all;
  }
}
