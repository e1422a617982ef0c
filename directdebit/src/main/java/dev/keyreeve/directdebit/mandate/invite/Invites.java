package dev.keyreeve.directdebit.mandate.invite;

import dev.keyreeve.platform.mail.MailQueue;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.shape.OneTime;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The rows of invites and of the tokens that open them. Whoever changes an invite holds the lock
/// of its mandate, which has one open invite at most.
public final class Invites {
  private static final String SELECT =
      """
      select id, status, redirect_url, expires_at, created_at from mandate_invite
      where workspace_id = :workspace
      """;

  private final Jdbi jdbi;
  private final Supplier<String> publicUrl;
  private final SecureRandom random;

  /// @param publicUrl where payers reach this server, without a slash at the end
  public Invites(Jdbi jdbi, Supplier<String> publicUrl, SecureRandom random) {
    this.random = random;
    this.jdbi = jdbi;
    this.publicUrl = publicUrl;
  }

  /// A new invite.
  ///
  /// @param url opens it. The token stands in the fragment, which browsers send to no server, so
  ///   that no log has it.
  public record Issued(Invite invite, OneTime url) {}

  /// Where a token leads.
  ///
  /// @param agent the name of the organisation that invites
  public record Destination(String workspace, String mandateId, String inviteId, String agent) {}

  public Issued issue(
      Tx tx, String mandateId, Instant expiresAt, @Nullable RedirectUrl redirectUrl) {
    var invite =
        new Invite(
            Ulid.generate("inv_", tx.now(), random),
            InviteStatus.CREATED,
            tx.now(),
            expiresAt,
            redirectUrl);
    insert(tx, mandateId, invite);
    var token = InviteToken.random(random);
    tx.update(
            """
            insert into invite_token (digest, workspace_id, mandate_id, invite_id)
            values (:digest, :workspace, :mandateId, :inviteId)
            """)
        .bind("digest", token.digest())
        .bind("mandateId", mandateId)
        .bind("inviteId", invite.id())
        .execute();
    return new Issued(invite, new OneTime(publicUrl.get() + "/invite#" + token.reveal()));
  }

  private static void insert(Tx tx, String mandateId, Invite invite) {
    var redirectUrl = invite.redirectUrl();
    tx.update(
            """
            insert into mandate_invite (id, workspace_id, mandate_id, status, redirect_url,
                                        expires_at, created_at)
            values (:id, :workspace, :mandateId, :status, :redirectUrl, :expiresAt, :now)
            """)
        .bind("id", invite.id())
        .bind("mandateId", mandateId)
        .bind("status", invite.status().word())
        .bind("redirectUrl", redirectUrl == null ? null : redirectUrl.text())
        .bind("expiresAt", invite.expiresAt())
        .execute();
  }

  /// Looks up a token before its workspace is known, as the schema's owner. The invite may be over.
  public Optional<Destination> find(InviteToken token) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select t.workspace_id, t.mandate_id, t.invite_id, o.name
                    from invite_token t
                    join workspace w on w.id = t.workspace_id
                    join organisation o on o.id = w.organisation_id
                    where t.digest = :digest
                    """)
                .bind("digest", token.digest())
                .map(
                    (row, _) ->
                        new Destination(
                            row.getString("workspace_id"),
                            row.getString("mandate_id"),
                            row.getString("invite_id"),
                            row.getString("name")))
                .findOne());
  }

  public static Invite get(Tx tx, String inviteId) {
    return tx.query(SELECT + " and id = :id").bind("id", inviteId).map(Invites::read).one();
  }

  /// The newest invite of a mandate, open or not.
  public static Optional<Invite> latest(Tx tx, String mandateId) {
    return tx.query(
            SELECT + " and mandate_id = :mandateId order by created_at desc, id desc limit 1")
        .bind("mandateId", mandateId)
        .map(Invites::read)
        .findOne();
  }

  /// Notes that the payer has opened the link.
  ///
  /// @return whether for the first time
  public static boolean view(Tx tx, String inviteId) {
    return tx.update(
                """
                update mandate_invite set status = 'viewed', viewed_at = :now
                where workspace_id = :workspace and id = :id and status in ('created', 'sent')
                """)
            .bind("id", inviteId)
            .execute()
        == 1;
  }

  /// Ends the open invite of a mandate, if it has one; its token opens nothing any more, and a mail
  /// with it that waits is not sent.
  ///
  /// @param end any status but created, sent and viewed
  public static void end(Tx tx, String mandateId, InviteStatus end) {
    tx.query(
            """
            update mandate_invite
            set status = :status, ended_at = :now
            where workspace_id = :workspace and mandate_id = :mandateId
              and status in ('created', 'sent', 'viewed')
            returning id
            """)
        .bind("mandateId", mandateId)
        .bind("status", end.word())
        .mapTo(String.class)
        .findOne()
        .ifPresent(id -> MailQueue.withdrawAbout(tx, id));
  }

  /// Notes that an invite goes to its payer by mail.
  public static void mailed(Tx tx, String inviteId) {
    tx.update(
            "update mandate_invite set mailed = true"
                + " where workspace_id = :workspace and id = :id")
        .bind("id", inviteId)
        .execute();
  }

  /// Whether an invite goes to its payer by mail.
  public static boolean isMailed(Tx tx, String inviteId) {
    return tx.query(
            "select mailed from mandate_invite where workspace_id = :workspace and id = :id")
        .bind("id", inviteId)
        .mapTo(Boolean.class)
        .one();
  }

  /// The mandate that an invite is to.
  public static String mandateOf(Tx tx, String inviteId) {
    return tx.query(
            "select mandate_id from mandate_invite where workspace_id = :workspace and id = :id")
        .bind("id", inviteId)
        .mapTo(String.class)
        .one();
  }

  /// Notes that the mail is handed over. The payer may have been faster than this note.
  ///
  /// @return whether that is new, of an invite that was not taken back
  public static boolean sent(Tx tx, String inviteId) {
    return tx.update(
                """
                update mandate_invite
                set sent_at = :now, status = case status when 'created' then 'sent' else status end
                where workspace_id = :workspace and id = :id and sent_at is null
                  and status in ('created', 'viewed', 'completed')
                """)
            .bind("id", inviteId)
            .execute()
        == 1;
  }

  /// Ends an invite whose mail did not arrive, unless its payer has opened it all the same.
  ///
  /// @param answer what a mail server said
  /// @return whether it did
  public static boolean bounce(Tx tx, String inviteId, @Nullable String code, String answer) {
    return tx.update(
                """
                update mandate_invite
                set status = 'bounced', ended_at = :now, bounce_code = :code,
                    bounce_answer = :answer
                where workspace_id = :workspace and id = :id and status in ('created', 'sent')
                """)
            .bind("id", inviteId)
            .bind("code", code)
            .bind("answer", answer)
            .execute()
        == 1;
  }

  private static Invite read(ResultSet row, Object context) throws SQLException {
    var redirectUrl = row.getString("redirect_url");
    return new Invite(
        row.getString("id"),
        InviteStatus.parse(row.getString("status")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        redirectUrl == null ? null : new RedirectUrl(redirectUrl));
  }
}
