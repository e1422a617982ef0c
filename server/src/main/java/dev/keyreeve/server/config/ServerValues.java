package dev.keyreeve.server.config;

import static dev.keyreeve.server.config.KnownSettings.*;

import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.mail.From;
import dev.keyreeve.platform.mail.SmtpServer;
import dev.keyreeve.platform.setting.Setting;
import dev.keyreeve.platform.setting.SettingGroup;
import dev.keyreeve.platform.setting.Values;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the settings of the server itself say.
record ServerValues(Values values) {
  /// Mail in the outbox goes nowhere, and so comes from nowhere in particular.
  private static final EmailAddress NOWHERE = EmailAddress.deliverable("keyreeve@localhost");

  private boolean has(Setting<?> setting) {
    return values.has(setting);
  }

  private <T> @Nullable T find(Setting<T> setting) {
    return values.find(setting);
  }

  private <T> T get(Setting<T> setting) {
    return values.get(setting);
  }

  /// What is wrong with the settings together.
  List<String> contradictions() {
    var found = new ArrayList<String>();
    requireOther(TLS_CERTIFICATE, TLS_PRIVATE_KEY, found);
    requireOther(TLS_PRIVATE_KEY, TLS_CERTIFICATE, found);
    boolean tls = has(TLS_CERTIFICATE) || has(TLS_PRIVATE_KEY);
    var host = find(HOST);
    if (host != null && !tls && !values.is(PLAIN_BEYOND_LOOPBACK) && !isLoopback(host)) {
      found.add(
          HOST.name()
              + ": "
              + host
              + " is reached over the network, where plain http shows keys to others. Give "
              + TLS_CERTIFICATE.name()
              + " and "
              + TLS_PRIVATE_KEY.name()
              + "; or listen on 127.0.0.1 behind a proxy that speaks TLS; or set "
              + PLAIN_BEYOND_LOOPBACK.name()
              + " to true.");
    }
    if (isPort(PLAIN_PORT) && !tls) {
      found.add(PLAIN_PORT.name() + ": has a meaning beside TLS alone.");
    }
    if (isPort(PLAIN_PORT) && port(PLAIN_PORT).equals(plain(find(PORT)))) {
      found.add(PLAIN_PORT.name() + ": is the same as " + PORT.name() + ".");
    }
    if (isPort(METRICS_PORT) && port(METRICS_PORT).equals(plain(find(PORT)))) {
      found.add(METRICS_PORT.name() + ": is the same as " + PORT.name() + ".");
    }
    if (has(PEPPER) && has(PEPPER_FILE)) {
      found.add(PEPPER.name() + ": is given, and so is " + PEPPER_FILE.name() + "; give one.");
    }
    var newest = find(PEPPER);
    var older = find(OLDER_PEPPER);
    if (older != null && (newest == null || older.version() >= newest.version())) {
      found.add(
          OLDER_PEPPER.name()
              + ": needs a lower version than "
              + PEPPER.name()
              + ", which must be given as VERSION:BYTES.");
    }
    requireOther(MAIL_HOST, MAIL_FROM, found);
    requireOther(MAIL_USER, MAIL_HOST, found);
    requireOther(MAIL_USER, MAIL_PASSWORD_FILE, found);
    requireOther(MAIL_PASSWORD_FILE, MAIL_USER, found);
    var mailHost = find(MAIL_HOST);
    if (mailHost != null && find(MAIL_TLS) == SmtpServer.Tls.NONE && !isLoopback(mailHost)) {
      found.add(
          MAIL_TLS.name()
              + ": none is for a server on this machine, and "
              + mailHost
              + " is reached over the network, where others could read links of payers.");
    }
    return found;
  }

  private void requireOther(Setting<?> one, Setting<?> other, List<String> found) {
    values.requireOther(one, other, found);
  }

  private OptionalInt port(Setting<OptionalInt> setting) {
    return Objects.requireNonNullElse(find(setting), OptionalInt.empty());
  }

  private boolean isPort(Setting<OptionalInt> setting) {
    return port(setting).isPresent();
  }

  private static OptionalInt plain(@Nullable Integer port) {
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private static boolean isLoopback(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// All of them, by feature. Nothing may be wrong with them.
  ///
  /// @param services what each service's group of settings comes to
  Settings settings(Map<SettingGroup<?>, Object> services) {
    var directory = get(DATA_DIRECTORY);
    var certificate = find(TLS_CERTIFICATE);
    var metricsPort = get(METRICS_PORT);
    return new Settings(
        directory,
        get(DEMO),
        find(DATABASE),
        new HttpSettings(
            get(HOST), get(PORT), get(PLAIN_PORT), find(PUBLIC_URL), get(TRUSTED_PROXY)),
        certificate == null ? null : new TlsSettings(certificate, get(TLS_PRIVATE_KEY)),
        metricsPort.isEmpty()
            ? null
            : new MetricsSettings(get(METRICS_HOST), metricsPort.getAsInt()),
        new SecretSettings(
            find(PEPPER),
            find(OLDER_PEPPER),
            Objects.requireNonNullElse(find(PEPPER_FILE), directory.resolve("pepper")),
            Objects.requireNonNullElse(find(FIELD_KEYS_FILE), directory.resolve("field-keys"))),
        new AccessSettings(get(LEASE), get(FAILURES_PER_MINUTE)),
        new SessionSettings(get(SESSION_IDLE), get(SESSION_ABSOLUTE)),
        new RequestLogSettings(get(REQUEST_LOG_KEEP), get(REQUEST_LOG_MAX_SIZE)),
        mail(),
        services);
  }

  private MailSettings mail() {
    var host = find(MAIL_HOST);
    var address = Objects.requireNonNullElse(find(MAIL_FROM), NOWHERE);
    return new MailSettings(
        new From(address, get(MAIL_FROM_NAME), find(MAIL_RETURN_PATH)),
        host == null
            ? null
            : new MailSettings.Place(
                host, get(MAIL_PORT), get(MAIL_TLS), find(MAIL_USER), find(MAIL_PASSWORD_FILE)));
  }
}
