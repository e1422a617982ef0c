package dev.keyreeve.directdebit.mandate.mandateimport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Who;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.NewMandates;
import dev.keyreeve.platform.cipher.Cell;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.json.Json;
import dev.keyreeve.procedure.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Imports of mandates, and the work that they are.
///
/// A row is sealed until it has become a mandate or been refused, in the same transaction, and is
/// wiped then: whoever dies in the middle leaves the rest for the next, and no row is done twice.
/// Several nodes may work at one import.
public final class MandateImports {
  /// What a row says, until it is done.
  public static final SealedColumn ROW =
      SealedColumn.ofWorkspaces("mandate_import_row", "sealed_row");

  private static final Logger log = LoggerFactory.getLogger(MandateImports.class);

  private final Jdbi jdbi;
  private final Tenancy tenancy;
  private final FieldCipher cipher;
  private final NewMandates mandates;
  private final RandomGenerator random;

  public MandateImports(
      Jdbi jdbi,
      Tenancy tenancy,
      FieldCipher cipher,
      NewMandates mandates,
      RandomGenerator random) {
    this.random = random;
    this.jdbi = jdbi;
    this.tenancy = tenancy;
    this.cipher = cipher;
    this.mandates = mandates;
  }

  /// How far an import is.
  ///
  /// @param pending how many rows are still to be done
  record Progress(String id, int rows, int created, int refused, int pending, Instant startedAt) {}

  /// What became of a row.
  ///
  /// @param row counts from 1 under the header, rows of empty cells included
  record Done(int row, @Nullable MandateId mandateId, @Nullable Problem refusal) {}

  String start(Tx tx, List<MandateCsv.Row> rows) {
    var id = Ulid.generate("imp_", tx.now(), random);
    tx.update(
            """
            insert into mandate_import
              (id, workspace_id, row_count, started_at, actor_kind, actor_id, actor_name)
            values (:id, :workspace, :rows, :now, :kind, :actor, :name)
            """)
        .bind("id", id)
        .bind("kind", tx.by().kind().word())
        .bind("actor", tx.by().id())
        .bind("name", tx.by().name())
        .bind("rows", rows.size())
        .execute();
    for (var row : rows) {
      int n = row.number();
      var sealed = cipher.seal(row.mandate().toString().getBytes(UTF_8), cell(id, n));
      tx.update(
              """
              insert into mandate_import_row (id, workspace_id, import_id, n, status, sealed_row)
              values (:row, :workspace, :id, :n, 'pending', :sealed)
              """)
          .bind("row", rowId(id, n))
          .bind("id", id)
          .bind("n", n)
          .bind("sealed", sealed)
          .execute();
    }
    return id;
  }

  static Optional<Progress> find(Tx tx, String id) {
    return tx.query(
            """
            select i.row_count, i.started_at,
                   count(*) filter (where r.status = 'created') as created,
                   count(*) filter (where r.status = 'refused') as refused,
                   count(*) filter (where r.status = 'pending') as pending
            from mandate_import i
            join mandate_import_row r
              on r.import_id = i.id and r.workspace_id = :workspace
            where i.workspace_id = :workspace and i.id = :id
            group by i.id
            """)
        .bind("id", id)
        .map(
            (row, _) ->
                new Progress(
                    id,
                    row.getInt("row_count"),
                    row.getInt("created"),
                    row.getInt("refused"),
                    row.getInt("pending"),
                    row.getTimestamp("started_at").toInstant()))
        .findOne();
  }

  /// What became of the rows after one, in their order.
  static List<Done> done(Tx tx, String id, int after, int limit) {
    return tx.query(
            """
            select n, mandate_id, refusal from mandate_import_row
            where workspace_id = :workspace and import_id = :id and n > :after
              and status <> 'pending'
            order by n
            limit :limit
            """)
        .bind("id", id)
        .bind("after", after)
        .bind("limit", limit)
        .map(
            (row, _) -> {
              var mandate = row.getString("mandate_id");
              var refusal = row.getString("refusal");
              return new Done(
                  row.getInt("n"),
                  mandate == null ? null : new MandateId(mandate),
                  refusal == null ? null : Refusal.read(refusal));
            })
        .list();
  }

  /// Does what there is to do in all workspaces, each row in a transaction of its own. A row that
  /// fails for want of the database is left for the next time.
  ///
  /// @return how many rows it did
  public int work(Instant now) {
    int done = 0;
    for (var open : open()) {
      try {
        while (tenancy.write(open.workspace(), open.by(), now, tx -> next(tx, open.id()))) {
          done++;
        }
      } catch (RuntimeException failure) {
        log.error("import {} waits", open.id(), failure);
      }
    }
    return done;
  }

  /// @param by who started it
  private record Open(String workspace, String id, Actor by) {}

  private List<Open> open() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select workspace_id, id, actor_kind, actor_id, actor_name
                    from mandate_import where ended_at is null order by id
                    """)
                .map((row, _) -> open(row))
                .list());
  }

  private static Open open(ResultSet row) throws SQLException {
    var kind = Who.Kind.ofWord(row.getString("actor_kind"));
    return new Open(
        row.getString("workspace_id"),
        row.getString("id"),
        new Actor(kind, row.getString("actor_id"), row.getString("actor_name"), Address.UNKNOWN));
  }

  /// @return whether there was a row to do
  private boolean next(Tx tx, String id) {
    var next =
        tx.query(
                """
                select n, sealed_row from mandate_import_row
                where workspace_id = :workspace and import_id = :id and status = 'pending'
                order by n
                limit 1
                for update skip locked
                """)
            .bind("id", id)
            .map((row, _) -> Map.entry(row.getInt("n"), row.getBytes("sealed_row")))
            .findOne();
    if (next.isEmpty()) {
      end(tx, id);
      return false;
    }
    int n = next.get().getKey();
    var input = Json.read(new String(cipher.open(next.get().getValue(), cell(id, n)), UTF_8));
    switch (mandates.create(tx, input)) {
      case Outcome.Done<MandateId>(var mandate) -> keep(tx, id, n, "created", mandate, null);
      case Outcome.Refused<MandateId>(var problem) -> keep(tx, id, n, "refused", null, problem);
    }
    return true;
  }

  private static void keep(
      Tx tx,
      String id,
      int n,
      String status,
      @Nullable MandateId mandate,
      @Nullable Problem refusal) {
    tx.update(
            """
            update mandate_import_row
            set status = :status, sealed_row = null, mandate_id = :mandate,
                refusal = :refusal::jsonb
            where workspace_id = :workspace and import_id = :id and n = :n
            """)
        .bind("id", id)
        .bind("n", n)
        .bind("status", status)
        .bind("mandate", mandate == null ? null : mandate.text())
        .bind("refusal", refusal == null ? null : Refusal.write(refusal))
        .execute();
  }

  /// Another node may hold the last rows; then it ends the import.
  private static void end(Tx tx, String id) {
    tx.update(
            """
            update mandate_import set ended_at = :now
            where workspace_id = :workspace and id = :id and ended_at is null
              and not exists (
                select from mandate_import_row
                where workspace_id = :workspace and import_id = :id and status = 'pending')
            """)
        .bind("id", id)
        .execute();
  }

  private static Cell cell(String id, int n) {
    return ROW.cell(rowId(id, n));
  }

  private static String rowId(String id, int n) {
    return id + "." + n;
  }
}
