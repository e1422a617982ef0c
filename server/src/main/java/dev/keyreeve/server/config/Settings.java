package dev.keyreeve.server.config;

import dev.keyreeve.directdebit.DirectDebitSettings;
import dev.keyreeve.platform.database.Database;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a server is to run, one record for each feature.
///
/// @param demo whether to fill in a demo organisation
/// @param database null for the embedded one in the data directory
/// @param tls null for plain http
/// @param metrics null where none are served
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
    DirectDebitSettings directDebit,
    MailSettings mail) {

  /// The same with another database.
  public Settings on(Database.Location other) {
    return new Settings(
        dataDirectory,
        demo,
        other,
        http,
        tls,
        metrics,
        secrets,
        access,
        sessions,
        requestLog,
        directDebit,
        mail);
  }

  /// The same with metrics served elsewhere.
  public Settings measuredAt(MetricsSettings other) {
    return new Settings(
        dataDirectory,
        demo,
        database,
        http,
        tls,
        other,
        secrets,
        access,
        sessions,
        requestLog,
        directDebit,
        mail);
  }
}
