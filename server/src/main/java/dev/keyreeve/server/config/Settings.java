package dev.keyreeve.server.config;

import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.setting.SettingGroup;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a server is to run, one record for each feature.
///
/// @param demo whether to fill in a demo organisation
/// @param database null for the embedded one in the data directory
/// @param tls null for plain http
/// @param metrics null where none are served
/// @param services what each group of a service's settings comes to
public record Settings(
    Path dataDirectory,
    boolean demo,
    Database.@Nullable Location database,
    HttpSettings http,
    @Nullable TlsSettings tls,
    @Nullable MetricsSettings metrics,
    SecretSettings secrets,
    AccessSettings access,
    SessionSettings sessions,
    RequestLogSettings requestLog,
    MailSettings mail,
    Map<SettingGroup<?>, Object> services) {

  public Settings {
    services = Map.copyOf(services);
  }

  /// What a group comes to; it must have been among those that were read.
  @SuppressWarnings("unchecked") // each was put there by its own group
  public <S> S of(SettingGroup<S> group) {
    return (S) Objects.requireNonNull(services.get(group), "these settings were not read");
  }
}
