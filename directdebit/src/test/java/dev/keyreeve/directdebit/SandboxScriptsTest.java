package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Instructions and debits on their way to the bank and back, as bytes. The clock begins at noon on
/// Wednesday, 1 July 2026.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SandboxScriptsTest {
  /// Processing days, well after an instruction of 1 July is lodged.
  private static final LocalDate JULY = LocalDate.of(2026, 7, 15);

  private static final LocalDate AUGUST = LocalDate.of(2026, 8, 17);

  private static final List<String> SCRIPTS =
      List.of(
          "01", "11", "12", "13", "21", "22", "23", "24", "25", "26", "31", "32", "33", "34", "41",
          "42", "43", "44", "51", "52", "53", "61");

  private final TestRails rails = new TestRails();
  private final Workspace ours = rails.world.workspace("Harbour Lettings");
  private final Map<String, String> mandates = new HashMap<>();

  @BeforeAll
  void threeMonths() {
    for (var script : SCRIPTS) {
      var id = rails.mandate(ours, "SCRIPT-" + script, "00-00-" + script);
      rails.debit(ours, id, JULY, 50_000);
      rails.debit(ours, id, AUGUST, 50_000);
      mandates.put(script, id);
    }
    rails.advance(ours, "2026-10-15");
  }

  @AfterAll
  void stop() {
    rails.close();
  }

  /// Two debits of 500.00, a month apart, of an account of each script.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          01 | active                | settled, settled         | 01 settled, 17 settled
          11 | failed AUDDIS-F       | cancelled, cancelled     |
          12 | failed AUDDIS-5       | cancelled, cancelled     |
          13 | failed AUDDIS-P       | cancelled, cancelled     |
          21 | active                | settled, settled         | 01 failed, 18 settled, 17 failed, 18 settled
          22 | active                | failed, failed           | 01 failed, 18 failed, 18 failed, 01 failed, 18 failed, 18 failed
          23 | cancelled ARUDD-1     | settled, failed          | 01 settled, 17 failed
          24 | cancelled ARUDD-2     | settled, failed          | 01 settled, 17 failed
          25 | cancelled ARUDD-B     | settled, failed          | 01 settled, 17 failed
          26 | active                | failed, failed           | 01 failed, 18 failed, 18 failed, 01 failed, 18 failed, 18 failed
          31 | cancelled ADDACS-1    | cancelled, cancelled     |
          32 | active                | settled, settled         | 01 settled, 17 settled
          33 | active                | settled, settled         | 01 settled, 17 settled
          34 | active                | cancelled, cancelled     |
          41 | active                | clawed_back, clawed_back | 01 settled, 17 settled
          42 | cancelled DDIC-4      | clawed_back, cancelled   | 01 settled
          43 | cancelled DDIC-5      | clawed_back, cancelled   | 01 settled
          44 | active                | settled, settled         | 01 settled, 17 settled
          51 | active                | settled, settled         | 01 failed, 18 settled, 17 failed, 18 settled
          52 | active                | settled, settled         | 01 settled, 17 settled
          53 | cancelled ARUDD-1     | failed, cancelled        | 01 failed
          61 | active                | failed, failed           | 01 rejected, 01 rejected
          """)
  void playsOutEveryScript(String script, String status, String debits, String attempts) {
    var id = Objects.requireNonNull(mandates.get(script));

    assertThat(rails.status(ours, id)).isEqualTo(status);
    assertThat(String.join(", ", rails.debits(ours, id))).isEqualTo(debits);
    assertThat(String.join(", ", rails.attempts(ours, id)))
        .isEqualTo(attempts == null ? "" : attempts);
  }

  @Test
  void keepsEachMonthAsItEnded() {
    var july =
        ours.call(
                "reports.successRate", "{'from': '2026-07-01', 'to': '2026-07-31', 'frozen': true}")
            .value();

    assertThat(july.path("frozen").asBoolean()).isTrue();
    assertThat(july.path("asOf").asText()).startsWith("2026-07-31T23:10");
    assertThat(july.at("/total/cohort/count").asInt()).isPositive();
  }

  @Test
  void parksOnlyWhatNamesAReferenceThatNobodyHasLodged() {
    var parked = rails.operate(ours, "advices.list", "{}").value().path("items");

    assertThat(parked).hasSize(2);
    assertThat(parked)
        .allSatisfy(
            advice -> {
              assertThat(advice.path("reference").asText()).isEqualTo("NEVER LODGED");
              assertThat(advice.path("why").asText()).isEqualTo("No mandate has this reference.");
            });
  }

  @Test
  void seesTheSecondDeliveryOfAReportAndDoesNothing() {
    var reports = rails.operate(ours, "bankReports.list", "{'limit': 200}").value().path("items");

    assertThat(reports)
        .filteredOn(each -> each.path("status").asText().equals("repeated"))
        .hasSize(2);
  }

  @Test
  void everySubmissionIsAnsweredByAnInputReport() {
    var submissions = rails.operate(ours, "submissions.list", "{}").value().path("items");

    assertThat(submissions).isNotEmpty();
    assertThat(submissions)
        .allSatisfy(
            each ->
                assertThat(each.path("status").asText())
                    .isIn("accepted", "partly_rejected", "rejected"));
  }
}
