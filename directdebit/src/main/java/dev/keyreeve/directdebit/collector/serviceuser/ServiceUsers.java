package dev.keyreeve.directdebit.collector.serviceuser;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.platform.cipher.FieldCipher;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The rows of service users. They belong to the server, so that all of this is read and written as
/// the schema's owner.
public final class ServiceUsers {
  /// What the sandbox's bank credits, for every service user of its own.
  private static final SortCode SANDBOX_SORT_CODE = new SortCode("000000");

  private static final AccountNumber SANDBOX_ACCOUNT = AccountNumber.ofDigits("90000000");

  private static final String SELECT =
      """
      select s.id, s.scheme, s.number, s.name, s.last4, s.max_amount, s.moments_until, s.created_at,
             s.stands_at, s.stands_since, s.frozen
      from service_user s
      """;

  private final Jdbi jdbi;
  private final FieldCipher cipher;

  public ServiceUsers(Jdbi jdbi, FieldCipher cipher) {
    this.jdbi = jdbi;
    this.cipher = cipher;
  }

  /// Someone whose moments have to be looked at.
  ///
  /// @param now what the clock of the service user shows
  public record Clocked(ServiceUser user, Instant now) {}

  /// All of them, by what the server's clock shows, in the order of their ids.
  public List<Clocked> clocked(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + " order by s.id")
                .map((row, _) -> new Clocked(read(row), clock(row).map(c -> c.at(now)).orElse(now)))
                .list());
  }

  public List<ServiceUser> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + " order by s.created_at, s.id")
                .map((row, _) -> read(row))
                .list());
  }

  public Optional<ServiceUser> find(String id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  public static Optional<ServiceUser> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where s.id = :id")
        .bind("id", id)
        .map((row, _) -> read(row))
        .findOne();
  }

  public Optional<ServiceUser> ofNumber(ServiceUserNumber number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + " where s.number = :number")
                .bind("number", number.digits())
                .map((row, _) -> read(row))
                .findOne());
  }

  /// Whether there is such a workspace.
  boolean knows(String workspace) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from workspace where id = :workspace)")
                .bind("workspace", workspace)
                .mapTo(Boolean.class)
                .one());
  }

  /// By whom a workspace collects.
  public Optional<ServiceUser> ofWorkspace(String workspace) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + """
                        join collector c on c.service_user_id = s.id
                        where c.workspace_id = :workspace
                        """)
                .bind("workspace", workspace)
                .map((row, _) -> read(row))
                .findOne());
  }

  /// The service user, held until the end of the transaction: nothing else happens in its day
  /// meanwhile. Waits for whoever holds it.
  public static Optional<ServiceUser> lock(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where s.id = :id for update")
        .bind("id", id)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Like [#lock]; empty if somebody else holds it.
  public static Optional<ServiceUser> lockIfFree(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where s.id = :id for update skip locked")
        .bind("id", id)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// The sandbox's clock; empty for who lives in the server's time.
  public static Optional<Clock> clock(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where s.id = :id")
        .bind("id", id)
        .map((row, _) -> clock(row))
        .findOne()
        .flatMap(clock -> clock);
  }

  /// Puts the sandbox's clock.
  public static void put(Handle handle, String id, Clock clock) {
    handle
        .createUpdate(
            """
            update service_user
            set stands_at = :standsAt, stands_since = :standsSince, frozen = :frozen
            where id = :id and scheme = 'sandbox' and stands_at <= :standsAt
            """)
        .bind("id", id)
        .bind("standsAt", clock.standsAt())
        .bind("standsSince", clock.standsSince())
        .bind("frozen", clock.frozen())
        .execute();
  }

  /// Puts how many accounts of the sandbox's bank fail and claim.
  ///
  /// @param seed null to have each do what its sort code says
  public static void put(
      Handle handle, String id, @Nullable Long seed, int failureRate, int claimRate) {
    handle
        .createUpdate(
            """
            update service_user
            set volume_seed = :seed, failure_rate = :failures, claim_rate = :claims
            where id = :id
            """)
        .bind("id", id)
        .bind("seed", seed)
        .bind("failures", failureRate)
        .bind("claims", claimRate)
        .execute();
  }

  /// Every moment up to here has happened.
  public static void passed(Handle handle, String id, Instant momentsUntil) {
    handle
        .createUpdate("update service_user set moments_until = :until where id = :id")
        .bind("id", id)
        .bind("until", momentsUntil)
        .execute();
  }

  /// The workspaces that collect by a service user, in the order of their ids.
  public static List<String> workspaces(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select workspace_id from collector where service_user_id = :id order by workspace_id
            """)
        .bind("id", id)
        .mapTo(String.class)
        .list();
  }

  /// The same, in a transaction of its own.
  public List<String> workspaces(String id) {
    return jdbi.withHandle(handle -> workspaces(handle, id));
  }

  /// The account that is credited.
  public BacsAccount account(Handle handle, ServiceUser user) {
    var name = AccountName.transliterate(user.name());
    if (user.isSandbox()) return new BacsAccount(SANDBOX_SORT_CODE, SANDBOX_ACCOUNT, name);

    var sealed =
        handle
            .createQuery("select sealed_account from service_user where id = :id")
            .bind("id", user.id())
            .mapTo(byte[].class)
            .one();
    var text =
        new String(
            cipher.open(sealed, SealedColumns.ACCOUNT.cell(user.id())), StandardCharsets.US_ASCII);
    return new BacsAccount(
        new SortCode(text.substring(0, 6)), AccountNumber.ofDigits(text.substring(6)), name);
  }

  /// Adds one that collects by files for Bacs.
  ///
  /// @return whether nobody else has its number
  boolean insert(Handle handle, String id, NewBacs wanted, Instant now) {
    var text = wanted.sortCode().digits() + wanted.accountNumber().reveal();
    return handle
            .createUpdate(
                """
                insert into service_user (id, scheme, number, name, sealed_account, last4,
                                          max_amount, moments_until, created_at)
                values (:id, 'bacs', :number, :name, :sealed, :last4, :maxAmount, :now, :now)
                on conflict (number) do nothing
                """)
            .bind("id", id)
            .bind("number", wanted.number().digits())
            .bind("name", wanted.name())
            .bind(
                "sealed",
                cipher.seal(
                    text.getBytes(StandardCharsets.US_ASCII), SealedColumns.ACCOUNT.cell(id)))
            .bind("last4", wanted.accountNumber().last4())
            .bind("maxAmount", wanted.maxAmount().amount())
            .bind("now", now)
            .execute()
        == 1;
  }

  /// Adds one that collects by GoCardless, which keeps the account that is credited.
  public static void insert(Handle handle, String id, NewGoCardless wanted, Instant now) {
    handle
        .createUpdate(
            """
            insert into service_user (id, scheme, name, max_amount, moments_until, created_at)
            values (:id, 'gocardless', :name, :maxAmount, :now, :now)
            """)
        .bind("id", id)
        .bind("name", wanted.name())
        .bind("maxAmount", wanted.maxAmount().amount())
        .bind("now", now)
        .execute();
  }

  /// What a new service user of GoCardless begins with.
  public record NewGoCardless(String name, Pence maxAmount) {}

  /// What a new service user of Bacs begins with.
  record NewBacs(
      ServiceUserNumber number,
      String name,
      SortCode sortCode,
      AccountNumber accountNumber,
      Pence maxAmount) {}

  private static ServiceUser read(ResultSet row) throws SQLException {
    var number = row.getString("number");
    return new ServiceUser(
        row.getString("id"),
        SchemeKind.ofWord(row.getString("scheme")),
        number == null ? null : new ServiceUserNumber(number),
        row.getString("name"),
        row.getString("last4"),
        new Pence(row.getLong("max_amount")),
        row.getTimestamp("moments_until").toInstant(),
        row.getTimestamp("created_at").toInstant());
  }

  private static Optional<Clock> clock(ResultSet row) throws SQLException {
    var standsAt = row.getTimestamp("stands_at");
    return standsAt == null
        ? Optional.empty()
        : Optional.of(
            new Clock(
                standsAt.toInstant(),
                row.getTimestamp("stands_since").toInstant(),
                row.getBoolean("frozen")));
  }
}
