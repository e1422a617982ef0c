package dev.keyreeve.directdebit.rail.gocardless;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.collector.serviceuser.SealedColumns;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessAccount.Environment;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.SealedColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The rows of accounts at GoCardless. They belong to the server; token and secrets are sealed.
final class GoCardlessAccountRows {
  private final Jdbi jdbi;
  private final FieldCipher cipher;

  GoCardlessAccountRows(Jdbi jdbi, FieldCipher cipher) {
    this.jdbi = jdbi;
    this.cipher = cipher;
  }

  /// Whose events nobody has asked for since an instant.
  List<String> notPolledSince(Instant instant) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select service_user_id from gocardless_account
                    where polled_at is null or polled_at <= :instant
                    order by service_user_id
                    """)
                .bind("instant", instant)
                .mapTo(String.class)
                .list());
  }

  Optional<GoCardlessAccount> find(String serviceUser) {
    return jdbi.withHandle(handle -> find(handle, serviceUser));
  }

  Optional<GoCardlessAccount> find(Handle handle, String serviceUser) {
    return handle
        .createQuery(
            """
            select service_user_id, environment, creditor, sealed_token, sealed_webhook_secret,
                   sealed_older_webhook_secret, event_cursor, polled_at, trouble, trouble_since
            from gocardless_account where service_user_id = :user
            """)
        .bind("user", serviceUser)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Adds a service user that collects by GoCardless.
  void insert(Handle handle, String serviceUser, New wanted, Instant now) {
    ServiceUsers.insert(
        handle,
        serviceUser,
        new ServiceUsers.NewGoCardless(wanted.name(), wanted.maxAmount()),
        now);
    var creditor = wanted.creditor();
    handle
        .createUpdate(
            """
            insert into gocardless_account (service_user_id, environment, creditor, sealed_token,
                                            updated_at)
            values (:id, :environment, :creditor, :token, :now)
            """)
        .bind("id", serviceUser)
        .bind("environment", wanted.environment().word())
        .bind("creditor", creditor == null ? null : creditor.text())
        .bind("token", seal(SealedColumns.GOCARDLESS_TOKEN, serviceUser, wanted.token().reveal()))
        .bind("now", now)
        .execute();
    if (wanted.secret() != null) rotate(handle, serviceUser, wanted.secret(), now);
  }

  /// What a new one begins with.
  record New(
      String name,
      Pence maxAmount,
      Environment environment,
      @Nullable ResourceId creditor,
      AccessToken token,
      @Nullable WebhookSecret secret) {}

  /// Puts another token; whatever stood in the way of the old one is no trouble of the new one.
  void put(Handle handle, String serviceUser, AccessToken token, Instant now) {
    handle
        .createUpdate(
            """
            update gocardless_account
            set sealed_token = :token, trouble = null, trouble_since = null, updated_at = :now
            where service_user_id = :id
            """)
        .bind("id", serviceUser)
        .bind("token", seal(SealedColumns.GOCARDLESS_TOKEN, serviceUser, token.reveal()))
        .bind("now", now)
        .execute();
  }

  /// Puts a newer secret beside the one that there is, which the next one takes the place of.
  void rotate(Handle handle, String serviceUser, WebhookSecret secret, Instant now) {
    var kept = find(handle, serviceUser).orElseThrow().secrets();
    var older = kept.isEmpty() ? null : kept.getFirst();
    handle
        .createUpdate(
            """
            update gocardless_account
            set sealed_webhook_secret = :secret, sealed_older_webhook_secret = :older,
                updated_at = :now
            where service_user_id = :id
            """)
        .bind("id", serviceUser)
        .bind("secret", seal(SealedColumns.GOCARDLESS_SECRET, serviceUser, secret.reveal()))
        .bind(
            "older",
            older == null
                ? null
                : seal(SealedColumns.GOCARDLESS_OLDER_SECRET, serviceUser, older.reveal()))
        .bind("now", now)
        .execute();
  }

  /// Takes webhooks signed with the older secret no more.
  void forgetOlderSecret(Handle handle, String serviceUser, Instant now) {
    handle
        .createUpdate(
            """
            update gocardless_account
            set sealed_older_webhook_secret = null, updated_at = :now
            where service_user_id = :id
            """)
        .bind("id", serviceUser)
        .bind("now", now)
        .execute();
  }

  void choose(Handle handle, String serviceUser, ResourceId creditor, Instant now) {
    handle
        .createUpdate(
            """
            update gocardless_account set creditor = :creditor, updated_at = :now
            where service_user_id = :id
            """)
        .bind("id", serviceUser)
        .bind("creditor", creditor.text())
        .bind("now", now)
        .execute();
  }

  /// Events are read up to here, in the transaction that does what they say.
  static void read(Handle handle, String serviceUser, @Nullable ResourceId cursor, Instant now) {
    handle
        .createUpdate(
            """
            update gocardless_account set event_cursor = :cursor, polled_at = :now
            where service_user_id = :id
            """)
        .bind("id", serviceUser)
        .bind("cursor", cursor == null ? null : cursor.text())
        .bind("now", now)
        .execute();
  }

  /// Keeps what stands in the way of calls.
  ///
  /// @param why in words for a person; null once nothing does
  void trouble(String serviceUser, @Nullable String why, Instant now) {
    jdbi.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    update gocardless_account
                    set trouble = :why,
                        trouble_since = case when :why::text is null then null
                                             else coalesce(trouble_since, :now) end
                    where service_user_id = :id and trouble is distinct from :why
                    """)
                .bind("id", serviceUser)
                .bind("why", why)
                .bind("now", now)
                .execute());
  }

  private byte[] seal(SealedColumn column, String serviceUser, String text) {
    return cipher.seal(text.getBytes(UTF_8), column.cell(serviceUser));
  }

  private @Nullable String open(ResultSet row, SealedColumn column) throws SQLException {
    var sealed = row.getBytes(column.name());
    return sealed == null
        ? null
        : new String(cipher.open(sealed, column.cell(row.getString("service_user_id"))), UTF_8);
  }

  private GoCardlessAccount read(ResultSet row) throws SQLException {
    var secrets = new ArrayList<WebhookSecret>();
    for (var column :
        List.of(SealedColumns.GOCARDLESS_SECRET, SealedColumns.GOCARDLESS_OLDER_SECRET)) {
      var secret = open(row, column);
      if (secret != null) secrets.add(WebhookSecret.parse(secret));
    }
    var polledAt = row.getTimestamp("polled_at");
    var troubleSince = row.getTimestamp("trouble_since");
    var token = open(row, SealedColumns.GOCARDLESS_TOKEN);
    if (token == null) throw new IllegalStateException("an account has a token");
    return new GoCardlessAccount(
        row.getString("service_user_id"),
        Environment.ofWord(row.getString("environment")),
        id(row, "creditor"),
        AccessToken.parse(token),
        secrets,
        id(row, "event_cursor"),
        polledAt == null ? null : polledAt.toInstant(),
        row.getString("trouble"),
        troubleSince == null ? null : troubleSince.toInstant());
  }

  private static @Nullable ResourceId id(ResultSet row, String column) throws SQLException {
    var text = row.getString(column);
    return text == null ? null : new ResourceId(text);
  }
}
