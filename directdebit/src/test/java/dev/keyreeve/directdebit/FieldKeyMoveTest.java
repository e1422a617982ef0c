package dev.keyreeve.directdebit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.ModulusCheck;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.bankaccount.WeightTable;
import dev.keyreeve.directdebit.collector.serviceuser.SealedColumns;
import dev.keyreeve.directdebit.mandate.payer.Payer;
import dev.keyreeve.directdebit.mandate.payer.PayerRows;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.cipher.UnreadableField;
import dev.keyreeve.platform.fieldkey.FieldKeyMove;
import dev.keyreeve.platform.fieldkey.KnownFieldKeys;
import dev.keyreeve.platform.fieldkey.SealedValues;
import dev.keyreeve.platform.tenancy.RowSight;
import dev.keyreeve.platform.webhook.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Account numbers and secrets of webhooks, in two workspaces, as the key that seals them is
/// replaced.
final class FieldKeyMoveTest {
  private static final List<SealedColumn> COLUMNS =
      Stream.concat(DirectDebit.SEALED_COLUMNS.stream(), Webhooks.SEALED_COLUMNS.stream()).toList();
  private static final Instant NOW = TestPlatform.START;

  @TempDir private Path folder;
  private TestIdentity platform;
  private Jdbi jdbi;
  private Path file;
  private FieldKeys first;
  private List<String> workspaces;
  private final AtomicInteger accounts = new AtomicInteger(10_000_000);

  @BeforeEach
  void sealWithTheFirstKey() {
    platform = TestIdentity.start();
    jdbi = platform.database().jdbi();
    file = folder.resolve("field-keys");
    first = FieldKeys.loadOrCreate(file);
    open(first).close();
    workspaces =
        List.of(platform.organisation().workspaceId(), platform.organisation().workspaceId());
    for (var workspace : workspaces) {
      var payer = payer(workspace);
      for (var i = 0; i < 25; i++) insert(first, workspace, payer);
      for (var i = 0; i < 5; i++) endpoint(first, workspace, i);
    }
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void movesEverySealedValueOfEveryWorkspaceAndKeepsWhatItSays() throws IOException {
    var before = values(first);
    var both = rotated();
    assertThat(counts()).containsExactly(Map.entry(1, 70L));

    int moved = move(both, 10).run(NOW, () -> true);

    assertThat(moved).isEqualTo(70);
    assertThat(counts()).containsExactly(Map.entry(2, 70L));
    assertThat(values(both)).isEqualTo(before).hasSize(70);
    assertThat(values(without(1, "second-alone"))).isEqualTo(before);
    assertThatThrownBy(() -> values(first)).isInstanceOf(UnreadableField.class);
  }

  @Test
  void movesWhatBelongsToTheServerToo() throws IOException {
    var account = SealedColumns.ACCOUNT.cell("sus_1");
    var instruction = SealedColumns.BANK_INSTRUCTION.cell("sus_1", "REF/1");
    var report = SealedColumns.BANK_REPORT.cell("1");
    var cipher = new FieldCipher(first);
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into service_user (id, scheme, number, name, sealed_account, moments_until,
                                        created_at)
              values ('sus_1', 'bacs', '123456', 'Harbour', ?, now(), now())
              """,
              cipher.seal("account".getBytes(UTF_8), account));
          handle.execute(
              """
              insert into service_user (id, scheme, number, name, moments_until, created_at)
              values ('sus_2', 'bacs', '123457', 'No account', now(), now())
              """);
          handle.execute(
              "insert into bank_instruction values ('sus_1', 'REF/1', ?, 0)",
              cipher.seal("instruction".getBytes(UTF_8), instruction));
          handle.execute(
              """
              insert into bank_report (service_user_id, due_on, kind, sealed_what)
              values ('sus_1', '2026-03-02', 'arudd', ?)
              """,
              cipher.seal("report".getBytes(UTF_8), report));
        });
    var both = rotated();

    assertThat(move(both, 1).run(NOW, () -> true)).isEqualTo(73);

    var newest = new FieldCipher(without(1, "newest"));
    assertThat(counts()).containsExactly(Map.entry(2, 73L));
    assertThat(
            newest.open(
                bytes("select sealed_account from service_user where id = 'sus_1'"), account))
        .asString(UTF_8)
        .isEqualTo("account");
    assertThat(newest.open(bytes("select sealed_account from bank_instruction"), instruction))
        .asString(UTF_8)
        .isEqualTo("instruction");
    assertThat(newest.open(bytes("select sealed_what from bank_report"), report))
        .asString(UTF_8)
        .isEqualTo("report");
  }

  private byte[] bytes(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(byte[].class).one());
  }

  @Test
  void keepsFingerprintsSoThatAnAccountIsStillKnownAgain() throws IOException {
    var before = fingerprints();
    var both = rotated();

    move(both, 10).run(NOW, () -> true);

    assertThat(fingerprints()).isEqualTo(before).doesNotHaveDuplicates();
    assertThat(new Fingerprint(both).of("a", "b")).isEqualTo(new Fingerprint(first).of("a", "b"));
  }

  @Test
  void goesOnAfterAMoveThatWasBrokenOff() throws IOException {
    var both = rotated();
    // What belongs to the server comes first, and is empty.
    var left = new AtomicInteger(SealedColumns.ALL.size() + 3);

    int moved = move(both, 7).run(NOW, () -> left.getAndDecrement() > 0);

    assertThat(moved).isEqualTo(21);
    assertThat(counts()).containsEntry(1, 49L).containsEntry(2, 21L);
    assertThat(values(both)).hasSize(70);
    assertThat(move(both, 7).run(NOW, () -> true)).isEqualTo(49);
    assertThat(counts()).containsExactly(Map.entry(2, 70L));
  }

  @Test
  void leavesNothingHalfDoneWhereABatchIsKilled() throws IOException {
    var both = rotated();
    // The database ends the mover's connection in the middle of its first batch.
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                create function die() returns trigger language plpgsql as $$
                begin
                  if new.id >= (select id from bank_account order by id offset 4 limit 1) then
                    perform pg_terminate_backend(pg_backend_pid());
                  end if;
                  return new;
                end $$
                """));
    jdbi.useHandle(
        handle ->
            handle.execute(
                "create trigger die before update on bank_account for each row execute function"
                    + " die()"));

    assertThatThrownBy(() -> move(both, 10).run(NOW, () -> true))
        .isInstanceOf(RuntimeException.class);

    assertThat(counts()).containsExactly(Map.entry(1, 70L));
    jdbi.useHandle(handle -> handle.execute("drop trigger die on bank_account"));
    assertThat(move(both, 10).run(NOW, () -> true)).isEqualTo(70);
  }

  @Test
  void movesEachValueOnceWhereTwoServersMoveAtTheSameTime() throws IOException {
    var before = values(first);
    var both = rotated();

    var moved = TestDirectDebit.atOnce(2, _ -> move(both, 3).run(NOW, () -> true));
    int rest = move(both, 3).run(NOW, () -> true);

    assertThat(moved.get(0) + moved.get(1) + rest).isEqualTo(70);
    assertThat(counts()).containsExactly(Map.entry(2, 70L));
    assertThat(values(both)).isEqualTo(before);
  }

  @Test
  void bearsWritesOfServersThatSealWithEitherKey() throws IOException {
    var both = rotated();
    var lagging = FieldKeys.loadOrCreate(file);
    lagging.sealWith(1);
    var payers = workspaces.stream().map(this::payer).toList();

    TestDirectDebit.atOnce(
        3,
        writer -> {
          for (var i = 0; i < 30; i++) {
            switch (writer) {
              case 0 -> insert(lagging, workspaces.get(i % 2), payers.get(i % 2));
              case 1 -> insert(both, workspaces.get(i % 2), payers.get(i % 2));
              default -> move(both, 4).run(NOW, () -> true);
            }
          }
          return writer;
        });
    move(both, 4).run(NOW, () -> true);

    assertThat(counts()).containsExactly(Map.entry(2, 130L));
    assertThat(values(both)).hasSize(130);
  }

  @Test
  void leavesARowThatSomebodyHoldsForTheNextTime() throws IOException {
    var both = rotated();

    int moved =
        platform
            .tenancy()
            .write(
                workspaces.getFirst(),
                NOW,
                tx -> {
                  tx.query(
                          """
                          select id from bank_account where workspace_id = :workspace
                          order by id limit 1 for update
                          """)
                      .mapTo(String.class)
                      .one();
                  // On a thread of its own, and so in transactions of its own.
                  return CompletableFuture.supplyAsync(() -> move(both, 10).run(NOW, () -> true))
                      .join();
                });

    assertThat(moved).isEqualTo(69);
    assertThat(move(both, 10).run(NOW, () -> true)).isEqualTo(1);
  }

  @Test
  void saysThatAKeyIsEmptyOnceThatIsCertain() throws IOException {
    var both = rotated();
    move(both, 10).run(NOW, () -> true);
    assertThat(standing().emptied()).isEmpty();

    aMinutePasses();
    assertThat(move(both, 10).run(NOW, () -> true)).isZero();

    assertThat(standing().emptied()).containsExactly(1);
    assertThat(standing().used()).isEqualTo(2);
    assertThat(audited()).containsExactly("field_key.used 2", "field_key.emptied 1");
  }

  @Test
  void neverCallsAKeyEmptyThatADamagedValueNeeds() throws IOException {
    jdbi.useTransaction(
        handle -> {
          RowSight.turnTo(handle, workspaces.getFirst());
          handle.execute(
              """
              update bank_account
              set sealed_details = set_byte(sealed_details, 21, 255 - get_byte(sealed_details, 21))
              where id = (select min(id) from bank_account)
              """);
        });
    var both = rotated();
    aMinutePasses();

    assertThat(move(both, 10).run(NOW, () -> true)).isEqualTo(69);

    assertThat(standing().emptied()).isEmpty();
    assertThat(counts()).containsEntry(1, 1L);
  }

  @Test
  void aServerStartsWithoutTheOldKeyOnlyWhenNothingNeedsItAnyMore() throws IOException {
    var both = rotated();
    var newestAlone = without(1, "alone");
    assertThatThrownBy(() -> open(newestAlone))
        .hasMessageContaining("Field key 1 was in use until a minute ago");
    aMinutePasses();
    assertThatThrownBy(() -> open(newestAlone))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("70 values of this database are sealed by field key 1,");

    move(both, 10).run(NOW, () -> true);
    open(newestAlone).close();

    assertThat(values(newestAlone)).hasSize(70);
    assertThat(standing().emptied()).isEmpty();
    // It may come back, and is not used again.
    open(both).close();
    assertThat(both.sealingId()).isEqualTo(2);
  }

  @Test
  void aDatabaseFromBeforeKnowsWhichKeysItsValuesNeed() throws IOException {
    jdbi.useHandle(handle -> handle.execute("delete from field_key"));
    FieldKeys.add(file);

    assertThatThrownBy(() -> open(without(1, "alone")))
        .hasMessageStartingWith("70 values of this database are sealed by field key 1,");
    var both = FieldKeys.loadOrCreate(file);
    open(both).close();
    assertThat(both.sealingId()).isEqualTo(2);
    assertThat(move(both, 10).run(NOW, () -> true)).isEqualTo(70);
  }

  /// The keys of a server that was started with a second one.
  private FieldKeys rotated() {
    assertThat(FieldKeys.add(file)).isEqualTo(2);
    var both = FieldKeys.loadOrCreate(file);
    open(both).close();
    assertThat(both.sealingId()).isEqualTo(2);
    return both;
  }

  private KnownFieldKeys open(FieldKeys keys) {
    return KnownFieldKeys.open(jdbi, keys, COLUMNS, NOW);
  }

  private FieldKeyMove move(FieldKeys keys, int batch) {
    return new FieldKeyMove(jdbi, keys, COLUMNS, batch);
  }

  /// The keys of a file in which one is missing.
  private FieldKeys without(int id, String name) throws IOException {
    var copy = folder.resolve(name);
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    var lines = Files.readAllLines(file);
    lines.removeIf(line -> line.startsWith("cipher " + id + " "));
    Files.write(copy, lines);
    return FieldKeys.loadOrCreate(copy);
  }

  private void aMinutePasses() {
    jdbi.useHandle(
        handle ->
            handle.execute("update field_key set used_since = used_since - interval '61 seconds'"));
  }

  private String payer(String workspace) {
    return platform
        .tenancy()
        .write(
            workspace,
            NOW,
            tx -> new PayerRows(new SecureRandom()).put(tx, new Payer(null, "Pat", null)));
  }

  private void insert(FieldKeys keys, String workspace, String payer) {
    var rooms =
        new BankAccounts(
            new ModulusCheck(WeightTable.synthetic()),
            new FieldCipher(keys),
            new Fingerprint(keys),
            new SecureRandom());
    var number = AccountNumber.parse(Integer.toString(accounts.incrementAndGet()));
    var details = new BankDetails(SortCode.parse("200000"), number, "Pat Payer");
    platform.tenancy().write(workspace, NOW, tx -> rooms.insert(tx, payer, details));
  }

  /// An endpoint with two secrets.
  private void endpoint(FieldKeys keys, String workspace, int number) {
    var id = "whe_" + workspace + number;
    var cipher = new FieldCipher(keys);
    var columns = Webhooks.SEALED_COLUMNS;
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into webhook_endpoint (id, workspace_id, url, description, event_types,
                      sealed_secret, sealed_previous_secret, previous_until, position, created_at,
                      changed_at)
                    values (:id, :workspace, 'https://example.com', '', '{*}', :secret, :previous,
                      now(), 0, now(), now())
                    """)
                .bind("id", id)
                .bind("workspace", workspace)
                .bind("secret", cipher.seal(("new " + id).getBytes(UTF_8), columns.get(0).cell(id)))
                .bind(
                    "previous", cipher.seal(("old " + id).getBytes(UTF_8), columns.get(1).cell(id)))
                .execute());
  }

  /// What every sealed value says, by its cell.
  private SortedMap<String, String> values(FieldKeys keys) {
    var cipher = new FieldCipher(keys);
    var values = new TreeMap<String, String>();
    for (var workspace : workspaces) {
      jdbi.useTransaction(
          handle -> {
            RowSight.turnTo(handle, workspace);
            for (var column : COLUMNS.stream().filter(SealedColumn::ofWorkspaces).toList()) {
              handle
                  .createQuery(
                      "select id, %s as sealed from %s where workspace_id = ? and %1$s is not null"
                          .formatted(column.name(), column.table()))
                  .bind(0, workspace)
                  .map(
                      (row, _) ->
                          values.put(
                              column + " " + row.getString("id"),
                              new String(
                                  cipher.open(
                                      row.getBytes("sealed"), column.cell(row.getString("id"))),
                                  UTF_8)))
                  .list();
            }
          });
    }
    return values;
  }

  private List<String> fingerprints() {
    var all = new ArrayList<String>();
    for (var workspace : workspaces) {
      all.addAll(
          platform
              .tenancy()
              .read(
                  workspace,
                  NOW,
                  tx ->
                      tx.query(
                              """
                              select encode(fingerprint, 'hex') from bank_account
                              where workspace_id = :workspace order by id
                              """)
                          .mapTo(String.class)
                          .list()));
    }
    return all;
  }

  private SortedMap<Integer, Long> counts() {
    return jdbi.inTransaction(handle -> SealedValues.countByKey(handle, COLUMNS));
  }

  private SealedValues.Standing standing() {
    return jdbi.inTransaction(handle -> SealedValues.standing(handle, COLUMNS));
  }

  private List<String> audited() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select action || ' ' || target_id from audit_entry
                    where chain = 'server' and action like 'field_key.%' order by seq
                    """)
                .mapTo(String.class)
                .list());
  }
}
