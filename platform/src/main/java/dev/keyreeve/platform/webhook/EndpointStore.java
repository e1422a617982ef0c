package dev.keyreeve.platform.webhook;

import dev.keyreeve.platform.cipher.Cell;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.platform.webhook.EndpointView.DisabledReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of endpoints and their sealed secrets.
final class EndpointStore {
  private static final String COLUMNS =
      """
      id, workspace_id, url, description, event_types, disabled_reason, disabled_at, position,
      previous_until, accepted_at, created_at
      """;

  static final SealedColumn SECRET = SealedColumn.ofWorkspaces("webhook_endpoint", "sealed_secret");
  static final SealedColumn PREVIOUS =
      SealedColumn.ofWorkspaces("webhook_endpoint", "sealed_previous_secret");

  private final FieldCipher cipher;

  EndpointStore(FieldCipher cipher) {
    this.cipher = cipher;
  }

  /// Inserts an endpoint that is told of events from now on.
  ///
  /// @return whether there is such a workspace
  boolean insert(
      Handle handle,
      String id,
      String workspace,
      String url,
      String description,
      List<String> types,
      SigningSecret secret,
      Instant now) {
    return handle
            .createUpdate(
                """
            insert into webhook_endpoint (id, workspace_id, url, description, event_types,
                                          sealed_secret, position, created_at, changed_at)
            select :id, w.id, :url, :description, :types, :secret, w.event_seq, :now, :now
            from workspace w where w.id = :workspace
            """)
            .bind("id", id)
            .bind("workspace", workspace)
            .bind("url", url)
            .bind("description", description)
            .bindArray("types", String.class, types)
            .bind("secret", cipher.seal(secret.bytes(), current(id)))
            .bind("now", now)
            .execute()
        == 1;
  }

  static Optional<String> workspaceOf(Handle handle, String id, Within within) {
    return within
        .bind(
            handle.createQuery(
                "select workspace_id from webhook_endpoint where id = :id and "
                    + within.workspace("workspace_id")))
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  static List<EndpointView> list(Handle handle, String workspace) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                from webhook_endpoint where workspace_id = :workspace order by created_at, id
                """)
        .bind("workspace", workspace)
        .map((row, _) -> view(row))
        .list();
  }

  static Optional<EndpointView> find(Handle handle, String workspace, String id) {
    return find(handle, workspace, id, "");
  }

  /// Keeps everybody else from changing the endpoint until the transaction ends.
  static Optional<EndpointView> lock(Handle handle, String workspace, String id) {
    return find(handle, workspace, id, "for update");
  }

  private static Optional<EndpointView> find(
      Handle handle, String workspace, String id, String locking) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + "from webhook_endpoint where workspace_id = :workspace and id = :id "
                + locking)
        .bind("workspace", workspace)
        .bind("id", id)
        .map((row, _) -> view(row))
        .findOne();
  }

  static void update(Handle handle, EndpointView changed, Instant now) {
    handle
        .createUpdate(
            """
            update webhook_endpoint
            set url = :url, description = :description, event_types = :types,
                disabled_reason = :reason, disabled_at = :disabledAt, changed_at = :now
            where workspace_id = :workspace and id = :id
            """)
        .bind("workspace", changed.workspaceId())
        .bind("id", changed.id())
        .bind("url", changed.url())
        .bind("description", changed.description())
        .bindArray("types", String.class, changed.eventTypes())
        .bind("reason", changed.disabledReason() == null ? null : word(changed.disabledReason()))
        .bind("disabledAt", changed.disabledAt())
        .bind("now", now)
        .execute();
  }

  static void disable(Handle handle, String workspace, String id, DisabledReason why, Instant now) {
    handle
        .createUpdate(
            """
            update webhook_endpoint
            set disabled_reason = :reason, disabled_at = :now, changed_at = :now
            where workspace_id = :workspace and id = :id and disabled_reason is null
            """)
        .bind("workspace", workspace)
        .bind("id", id)
        .bind("reason", word(why))
        .bind("now", now)
        .execute();
  }

  static boolean delete(Handle handle, String workspace, String id) {
    return handle
            .createUpdate(
                "delete from webhook_endpoint where workspace_id = :workspace and id = :id")
            .bind("workspace", workspace)
            .bind("id", id)
            .execute()
        == 1;
  }

  /// Makes the secret the previous one, which signs until its end, and puts another in its place.
  /// Where an overlap is still going on, its older secret ends now.
  void rotate(
      Handle handle,
      String workspace,
      String id,
      SigningSecret next,
      @Nullable Instant previousUntil,
      Instant now) {
    var old = previousUntil == null ? null : secrets(handle, workspace, id, now).getFirst();
    handle
        .createUpdate(
            """
            update webhook_endpoint
            set sealed_secret = :secret, sealed_previous_secret = :previous,
                previous_until = :previousUntil, changed_at = :now
            where workspace_id = :workspace and id = :id
            """)
        .bind("workspace", workspace)
        .bind("id", id)
        .bind("secret", cipher.seal(next.bytes(), current(id)))
        .bind("previous", old == null ? null : cipher.seal(old.bytes(), previous(id)))
        .bind("previousUntil", previousUntil)
        .bind("now", now)
        .execute();
  }

  /// What signs now, the newest first.
  List<SigningSecret> secrets(Handle handle, String workspace, String id, Instant now) {
    return handle
        .createQuery(
            """
            select sealed_secret,
                   case when previous_until > :now then sealed_previous_secret end as previous
            from webhook_endpoint where workspace_id = :workspace and id = :id
            """)
        .bind("workspace", workspace)
        .bind("id", id)
        .bind("now", now)
        .map((row, _) -> open(row, id))
        .one();
  }

  private List<SigningSecret> open(ResultSet row, String id) throws SQLException {
    var secrets = new ArrayList<SigningSecret>();
    secrets.add(SigningSecret.of(cipher.open(row.getBytes("sealed_secret"), current(id))));
    var previous = row.getBytes("previous");
    if (previous != null) secrets.add(SigningSecret.of(cipher.open(previous, previous(id))));
    return secrets;
  }

  private static Cell current(String id) {
    return SECRET.cell(id);
  }

  private static Cell previous(String id) {
    return PREVIOUS.cell(id);
  }

  private static EndpointView view(ResultSet row) throws SQLException {
    var reason = row.getString("disabled_reason");
    return new EndpointView(
        row.getString("id"),
        row.getString("workspace_id"),
        row.getString("url"),
        row.getString("description"),
        List.of((String[]) row.getArray("event_types").getArray()),
        reason == null,
        reason == null ? null : DisabledReason.valueOf(reason.toUpperCase(Locale.ROOT)),
        instant(row.getTimestamp("disabled_at")),
        row.getLong("position"),
        instant(row.getTimestamp("previous_until")),
        instant(row.getTimestamp("accepted_at")),
        row.getTimestamp("created_at").toInstant());
  }

  static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  private static String word(DisabledReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
