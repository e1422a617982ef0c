package dev.keyreeve.directdebit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What advices say of payers' new accounts: nothing of it is thrown away without a word, and no
/// half of it is used. On a clock that begins at noon on Wednesday, 1 July 2026.
final class PayersNewAccountTest {
  private static final String OLD = "000001 12345678";
  private static final String NEW = "000002 87654321";
  private static final String HOLDER = "Ada Lovelace-King";

  private static final List<String> ADDACS = List.of("0", "1", "2", "3", "B", "C", "D", "E", "R");
  private static final List<String> AUDDIS = List.of("1", "2", "3", "5", "B", "C", "F", "L");

  /// The attributes of an advice that tell of a new account, by what they come to.
  private static final Map<String, List<String>> DETAILS =
      Map.of(
          "all", List.of(full("000002", "87654321"), full("00-00-02", "87654321")),
          "same", List.of(full("000001", "12345678")),
          "nothing",
              List.of(
                  "",
                  full("", ""),
                  full("000000", "00000000"),
                  full("00-00-00", "0"),
                  "payer-new-account-number='00000000'"),
          "part",
              List.of(
                  "payer-new-sort-code='000002'",
                  "payer-new-account-number='87654321'",
                  full("000002", "00000000"),
                  full("000000", "87654321"),
                  full("00002", "87654321"),
                  full("000002", "8765432O"),
                  full("000002", "123456789012")));

  private final TestRails rails = new TestRails();
  private final Workspace ours = rails.world.workspace("Harbour Lettings");
  private int mandates;

  @AfterEach
  void stop() {
    rails.close();
  }

  /// One advice of one mandate.
  private record Case(String mandate, String reference, String code, String kind) {
    @Override
    public String toString() {
      return code + " " + kind + " " + reference;
    }
  }

  @Test
  void noAmendmentThrowsAwayOrHalvesWhatItBringsOfANewAccount() {
    var advices = new LinkedHashMap<Case, String>();
    each(ADDACS, (one, details) -> advices.put(one, addacs(one, details)));
    rails.advance(ours, "2026-07-10");

    take(advices.values());

    advices.keySet().forEach(one -> holds(one, List.of("3", "C", "E")));
  }

  @Test
  void noReturnedInstructionThrowsAwayOrHalvesWhatItBringsOfANewAccount() {
    var advices = new LinkedHashMap<Case, String>();
    each(AUDDIS, (one, details) -> advices.put(one, auddis(one, details)));
    rails.advance(ours, "2026-07-02");

    take(advices.values());

    advices.keySet().forEach(one -> holds(one, List.of("3", "C")));
  }

  private interface Adding {
    void add(Case one, String details);
  }

  private void each(List<String> codes, Adding adding) {
    for (var code : codes) {
      DETAILS.forEach(
          (kind, all) ->
              all.forEach(
                  details -> {
                    var reference = "RENT-%03d".formatted(mandates++);
                    var id = rails.mandate(ours, reference, "00-00-01", HOLDER);
                    adding.add(new Case(id, reference, code, kind), details);
                  }));
    }
  }

  private void holds(Case one, List<String> using) {
    var used = one.kind().equals("all") && using.contains(one.code());
    assertThat(account(one.mandate())).as(one.toString()).isEqualTo((used ? NEW : OLD) + HOLDER);

    boolean isLeftOver =
        switch (one.kind()) {
          case "nothing" -> false;
          case "part" -> true;
          default -> !using.contains(one.code());
        };
    var advice = advice(one.reference());
    if (isLeftOver) {
      assertThat(advice).as(one.toString()).startsWith("parked").contains("It names a new ");
    } else {
      assertThat(advice).as(one.toString()).isEqualTo("applied");
    }
  }

  @Test
  void aNewInstructionThatFoundAnotherBranchGoesOnThere() {
    var id = submitted("RENT-C", "C", full("000002", "87654321"));

    assertThat(rails.status(ours, id)).isEqualTo("submitted");
    rails.advance(ours, "2026-07-10");

    assertThat(rails.status(ours, id)).isEqualTo("active");
    assertThat(account(id)).isEqualTo(NEW + HOLDER);
    assertThat(instructions(id)).containsExactly("lodge accepted");
  }

  @Test
  void aNewInstructionWhoseOtherBranchIsNotToldInFullFailsAndAPersonSeesWhatIs() {
    var id = submitted("RENT-H", "C", "payer-new-sort-code='000002'");

    assertThat(rails.status(ours, id)).isEqualTo("failed AUDDIS-C");
    assertThat(advice("RENT-H"))
        .isEqualTo(
            "parked It has been done, but the new account is not used."
                + " It names a new sort code and no account number.");
  }

  @Test
  void aPayerWhoHasMovedNeedsANewInstructionWhichGoesToTheNewBank() {
    var id = submitted("RENT-M", "3", full("000002", "87654321"));

    assertThat(rails.status(ours, id)).isEqualTo("failed AUDDIS-3");
    assertThat(account(id)).isEqualTo(NEW + HOLDER);
    ours.call("mandates.reactivate", "{'id': '%s'}".formatted(id)).value();
    rails.advance(ours, "2026-07-20");

    assertThat(rails.status(ours, id)).isEqualTo("active");
    assertThat(instructions(id)).containsExactly("lodge returned", "lodge accepted");
  }

  @Test
  void zerosAreNoNewAccountSoATransferWaitsForOne() {
    var one = new Case(rails.mandate(ours, "RENT-Z", "00-00-01", HOLDER), "RENT-Z", "3", "");
    rails.advance(ours, "2026-07-10");

    take(List.of(addacs(one, full("000000", "00000000"))));

    assertThat(rails.status(ours, one.mandate())).isEqualTo("suspended ADDACS-3");
    assertThat(instructions(one.mandate())).containsExactly("lodge accepted");
  }

  @Test
  void aTransferOfWhichAPartIsToldStopsDebitsAndAPersonSeesThePart() {
    var one = new Case(rails.mandate(ours, "RENT-P", "00-00-01", HOLDER), "RENT-P", "3", "");
    rails.advance(ours, "2026-07-10");

    take(List.of(addacs(one, "payer-new-account-number='87654321'")));

    assertThat(rails.status(ours, one.mandate())).isEqualTo("suspended ADDACS-3");
    assertThat(advice("RENT-P"))
        .startsWith("parked")
        .endsWith("It names a new account number and no sort code.");
  }

  private String submitted(String reference, String code, String details) {
    var id = rails.mandate(ours, reference, "00-00-01", HOLDER);
    rails.advance(ours, "2026-07-02");
    take(List.of(auddis(new Case(id, reference, code, ""), details)));
    return id;
  }

  private static String full(String sortCode, String number) {
    return "payer-new-sort-code='%s' payer-new-account-number='%s'".formatted(sortCode, number);
  }

  private static String addacs(Case one, String details) {
    return advice("A", one, details);
  }

  private static String auddis(Case one, String details) {
    return advice("N", one, "transaction-code='0N' " + details);
  }

  private static String advice(String type, Case one, String details) {
    return """
        <MessagingAdvice user-number='NUMBER' record-type='%s' reason-code='%s' reference='%s'
          effective-date='2026-07-02' payer-name='TENANT' payer-sort-code='000001'
          payer-account-number='12345678' %s/>
        """
        .formatted(type, one.code(), one.reference(), details);
  }

  private void take(Iterable<String> advices) {
    var number = rails.owners("select number from service_user").getFirst();
    var xml =
        "<BACSDocument><Data><MessagingAdvices><MessagingHeader user-number='NUMBER'/>"
            + String.join("", advices)
            + "</MessagingAdvices></Data></BACSDocument>";
    var bytes = xml.replace("NUMBER", number).getBytes(UTF_8);
    var taken =
        rails
            .operate(
                ours,
                "bankReports.import",
                "{'content': '" + Base64.getEncoder().encodeToString(bytes) + "'}")
            .value();
    assertThat(taken.path("status").asText()).as(taken.toString()).isEqualTo("applied");
  }

  /// Sort code, number and holder of the account that a mandate debits.
  private String account(String mandate) {
    return rails.tenancy.read(
        ours.id(),
        rails.world.instant(),
        tx -> {
          var id =
              tx.query(
                      """
                      select bank_account_id from mandate
                      where workspace_id = :workspace and id = :mandate
                      """)
                  .bind("mandate", mandate)
                  .mapTo(String.class)
                  .one();
          var details = rails.world.accounts().details(tx, List.of(id)).values().iterator().next();
          return details.sortCode().digits()
              + " "
              + details.accountNumber().reveal()
              + details.accountHolderName();
        });
  }

  private List<String> instructions(String mandate) {
    return rails.column(
        ours,
        """
        select kind || ' ' || status from instruction
        where workspace_id = :workspace and mandate_id = :mandate order by queued_at, id
        """,
        mandate);
  }

  /// Status of the advice of a reference, and what a person is told of it.
  private String advice(String reference) {
    var found = new ArrayList<String>();
    for (var status : List.of("applied", "parked")) {
      for (JsonNode item :
          rails
              .operate(ours, "advices.list", "{'status': '" + status + "', 'limit': 200}")
              .value()
              .path("items")) {
        if (item.path("reference").asText().equals(reference)) {
          found.add((status + " " + item.path("why").asText()).strip());
        }
      }
    }
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
