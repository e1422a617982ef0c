package dev.keyreeve.directdebit.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyDebitsTest {
  private static final int MANDATES = 10_000;

  /// What a call may take at most, ten seconds for one statement, is far from reached: each moment
  /// sends a fixed number of statements, or they would be counted in minutes.
  @Test
  void livesThroughADayOnWhichTenThousandDebitsFall() {
    try (var world = new TestDirectDebit()) {
      var ours = world.workspace("Harbour Lettings");
      fill(world, ours);

      world.live(ours, LocalDate.of(2026, 7, 17), LocalDate.of(2026, 7, 17));
      world.live(ours, LocalDate.of(2026, 7, 30), LocalDate.of(2026, 8, 5));

      assertThat(world.count("attempt", ours)).isEqualTo(MANDATES);
      assertThat(count(world, ours, "status = 'settled'")).isEqualTo(MANDATES);
      assertThat(count(world, ours, "status = 'scheduled' and period = '2026-09'"))
          .isEqualTo(MANDATES);
    }
  }

  private static long count(TestDirectDebit world, Workspace workspace, String condition) {
    return world
        .tenancy()
        .read(
            workspace.id(),
            world.instant(),
            tx ->
                tx.query(
                        "select count(*) from collection where workspace_id = :workspace and "
                            + condition)
                    .mapTo(Long.class)
                    .one());
  }

  /// Mandates in force with a schedule from August on, of which nothing has been generated yet.
  private static void fill(TestDirectDebit world, Workspace workspace) {
    for (var sql :
        List.of(
            """
            insert into payer (id, workspace_id, name, created_at)
            values ('pay_1', :workspace, 'Many', :now)
            """,
            """
            insert into bank_account (id, workspace_id, payer_id, sealed_details, fingerprint,
                                      last4, holder_name, modulus, created_at)
            values ('bac_1', :workspace, 'pay_1', '', '', '5678', 'Many', 'unchecked', :now)
            """,
            """
            insert into mandate (id, workspace_id, payer_id, bank_account_id, reference, status,
                                 since, submissions, resubmitting, metadata, version, created_at,
                                 updated_at)
            select 'man_' || lpad(n::text, 26, '0'), :workspace, 'pay_1', 'bac_1', 'MANY-' || n,
                   'active', :now, 1, false, '{}', 1, :now, :now
            from generate_series(10001, 20000) n
            """,
            """
            insert into schedule (id, workspace_id, mandate_id, amount, frequency, day_of_month,
                                  starts_on, debits, next_on, status, created_at)
            select 'sch_' || n, :workspace, 'man_' || lpad(n::text, 26, '0'), 75000, 'monthly', 1,
                   '2026-08-01', 2, '2026-08-01', 'active', :now
            from generate_series(10001, 20000) n
            """)) {
      world.moment(
          workspace, LocalDate.of(2026, 7, 1), LocalTime.NOON, tx -> tx.update(sql).execute());
    }
  }
}
