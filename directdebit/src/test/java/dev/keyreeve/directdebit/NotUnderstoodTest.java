package dev.keyreeve.directdebit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a bank has said and nobody has understood was still heard: until a person has dealt with
/// it, silence decides nothing of what it may be about.
final class NotUnderstoodTest {
  private static final LocalDate ENTRY = LocalDate.of(2026, 7, 15);
  private static final String SORT_CODE = "00-00-00";

  private static TestRails rails;
  private Workspace ours;

  @BeforeAll
  static void open() {
    rails = new TestRails();
  }

  @AfterAll
  static void close() {
    rails.close();
  }

  @BeforeEach
  void begin(TestInfo test) {
    ours = rails.world.workspace(test.getDisplayName());
  }

  /// Every place where silence turns into an outcome.
  enum Place {
    DEBIT_COLLECTED("2026-07-14", "2026-07-15", "collected") {
      @Override
      String said(String user) {
        return input(user, "RENT-1", "AMENDED");
      }

      @Override
      String shown(NotUnderstoodTest test, String mandate) {
        return rails.debits(test.ours, mandate).getFirst();
      }
    },
    DEBIT_SETTLED("2026-07-16", "2026-07-20", "settled") {
      @Override
      String said(String user) {
        return arudd(user, item("RENT-1", "Z197", "NO REASON"));
      }

      @Override
      String shown(NotUnderstoodTest test, String mandate) {
        return rails.debits(test.ours, mandate).getFirst();
      }
    },
    INSTRUCTION_LODGED("2026-07-03", "2026-07-10", "active") {
      @Override
      String said(String user) {
        return messages(user, advice(user, "N", "7", "RENT-1", "0N"));
      }

      @Override
      String shown(NotUnderstoodTest test, String mandate) {
        return rails.status(test.ours, mandate);
      }
    },
    MANDATE_DORMANT("2026-07-16", "2026-07-20", "expired") {
      @Override
      void prepare(NotUnderstoodTest test) {
        rails.tenancy.write(
            test.ours.id(),
            rails.world.instant(),
            tx ->
                tx.update(
                        "update mandate set last_presented_on = '2024-01-01'"
                            + " where workspace_id = :workspace and reference = 'RENT-1'")
                    .execute());
      }

      @Override
      String said(String user) {
        return messages(user, advice(user, "A", "Y", "RENT-1", null));
      }

      @Override
      String shown(NotUnderstoodTest test, String mandate) {
        return rails.status(test.ours, mandate);
      }
    },
    CLAIM_TAKEN("2026-07-30", "2026-08-20", "settled") {
      @Override
      void prepare(NotUnderstoodTest test) {
        rails.advance(test.ours, "2026-07-27");
        test.take(ddica(test.user(), "NewAdvices", claim("BANK-1", "RENT-1", "1")));
        rails.advance(test.ours, "2026-07-30");
      }

      @Override
      String said(String user) {
        return ddica(user, "Cancellations", claim("OTHER WORDS", "RENT-1", "1"));
      }

      @Override
      String shown(NotUnderstoodTest test, String mandate) {
        return rails
            .column(test.ours, "select status from claim where workspace_id = :workspace")
            .getFirst();
      }
    };

    final String saidOn;
    final String decidedBy;
    final String outcome;

    Place(String saidOn, String decidedBy, String outcome) {
      this.saidOn = saidOn;
      this.decidedBy = decidedBy;
      this.outcome = outcome;
    }

    void prepare(NotUnderstoodTest test) {}

    /// What names the thing and cannot be understood.
    abstract String said(String user);

    abstract String shown(NotUnderstoodTest test, String mandate);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void nothingIsDecidedBySilenceThatAParkedAdviceNames(Place place) {
    var mandate = reach(place);

    var said = take(place.said(user()));
    rails.advance(ours, place.decidedBy);
    var held = place.shown(this, mandate);
    dismissAll();
    rails.advance(ours, LocalDate.parse(place.decidedBy).plusDays(4).toString());

    assertThat(said.path("parked").asInt()).isEqualTo(1);
    assertThat(held).as(said.toString()).isNotEqualTo(place.outcome);
    assertThat(place.shown(this, mandate)).isIn(place.outcome, "settled");
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void nothingIsDecidedBySilenceWhileAReportIsRefused(Place place) {
    var mandate = reach(place);

    take(arudd(user(), "<ReturnedDebitItem ref=\"WHO KNOWS\"/>"));
    var refused = take(arudd(user(), "<ReturnedDebitItem ref=\"WHO KNOWS\"/>"));
    rails.advance(ours, place.decidedBy);
    var held = place.shown(this, mandate);
    dismiss(refused);
    rails.advance(ours, LocalDate.parse(place.decidedBy).plusDays(4).toString());

    assertThat(refused.path("status").asText()).isEqualTo("parked");
    assertThat(held).isNotEqualTo(place.outcome);
    assertThat(place.shown(this, mandate)).isIn(place.outcome, "settled");
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void silenceDecidesWhatNothingIsSaidOf(Place place) {
    var mandate = reach(place);

    take(arudd(user(), item("RENT-2", "Z197", "NO REASON")));
    var torn = take(arudd("999999", "<ReturnedDebitItem ref=\"ANOTHER COLLECTOR\"/>"));
    dismiss(torn);
    rails.advance(ours, LocalDate.parse(place.decidedBy).plusDays(4).toString());

    assertThat(place.shown(this, mandate)).isIn(place.outcome, "settled");
  }

  @Test
  void aReportOfAnotherServiceUserHoldsUpNothing() {
    var mandate = reach(Place.DEBIT_SETTLED);

    var foreign = take(arudd("999999", item("RENT-1", "0197", "REFER TO PAYER")));
    rails.advance(ours, "2026-07-20");

    assertThat(foreign.path("status").asText()).isEqualTo("parked");
    assertThat(foreign.path("kind").asText()).isEqualTo("arudd");
    assertThat(rails.debits(ours, mandate)).containsExactly("settled");
  }

  @ParameterizedTest
  @CsvSource({
    "A106, ORIGINATOR DIFFERS, ARUDD-A",
    "5106, NO ACCOUNT (OR WRONG ACCOUNT TYPE), ARUDD-5",
    "0106, '', ARUDD-0",
    "B106, , ARUDD-B",
    "6366, KEINE EINZUGSERMAECHTIGUNG, ARUDD-6",
    "b001, closed!, ARUDD-B",
    "9, OVERDUE?, ARUDD-9",
    "1060 , REFER TO DRAWER PLEASE, ARUDD-1",
  })
  void theReasonIsItsFirstCharacterAndWordsOnlyConfirmIt(String code, String words, String reason) {
    var mandate = reach(Place.DEBIT_SETTLED);

    take(arudd(user(), item("RENT-1", code, words == null ? "" : words)));

    assertThat(
            rails.column(ours, "select reason from attempt where mandate_id = :mandate", mandate))
        .containsExactly(reason);
    assertThat(rails.attempts(ours, mandate)).containsExactly("01 failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Z106", "?", "%", "Y001", "ZB"})
  void aDebitThatCameBackIsAssignedThoughNobodyKnowsWhy(String code) {
    var mandate = reach(Place.DEBIT_SETTLED);

    take(arudd(user(), item("RENT-1", code, "WHO KNOWS")));
    var attempt = rails.column(ours, "select id from attempt where mandate_id = :mandate", mandate);
    var assigned = assign(mandate, attempt.getFirst());
    rails.advance(ours, "2026-07-24");

    assertThat(assigned.path("status").asText()).isEqualTo("applied");
    assertThat(rails.attempts(ours, mandate)).containsExactly("01 failed");
    assertThat(rails.debits(ours, mandate)).containsExactly("failed");
    assertThat(rails.status(ours, mandate)).isEqualTo("suspended ARUDD-?");
  }

  @ParameterizedTest
  @CsvSource({"7, 0N", "J, 0N", "7, ''", "0, 0N", "5, 0S"})
  void anInstructionThatCameBackIsAssignedThoughNobodyKnowsWhy(String reason, String code) {
    var mandate = reach(Place.INSTRUCTION_LODGED);

    take(messages(user(), advice(user(), "N", reason, "RENT-1", code.isEmpty() ? null : code)));
    var assigned = assign(mandate, null);
    rails.advance(ours, "2026-07-24");

    assertThat(assigned.path("status").asText()).isEqualTo("applied");
    assertThat(rails.status(ours, mandate)).startsWith("failed AUDDIS-");
  }

  @ParameterizedTest
  @CsvSource({"S, 0S, V", "Z, , 5", "'', 0N, ", "NN, , 7"})
  void theRestOfAReportIsDoneThoughOneTypeOfRecordIsNotKnown(
      String type, @Nullable String code, @Nullable String reason) {
    var known = reach(Place.INSTRUCTION_LODGED);
    var other = other();

    var imported =
        take(
            messages(
                user(),
                advice(user(), type, reason == null ? "" : reason, "RENT-2", code)
                    + advice(user(), "N", "5", "RENT-1", "0N")));
    rails.advance(ours, "2026-07-24");

    assertThat(imported.path("applied").asInt()).isEqualTo(1);
    assertThat(imported.path("parked").asInt()).isEqualTo(1);
    assertThat(rails.status(ours, known)).isEqualTo("failed AUDDIS-5");
    assertThat(rails.status(ours, other)).isEqualTo("submitted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "0", "X", "12"})
  void aClaimIsKeptWhateverItsReason(String reason) {
    var mandate = reach(Place.DEBIT_SETTLED);
    rails.advance(ours, "2026-07-27");

    take(ddica(user(), "NewAdvices", claim("BANK-1", "RENT-1", reason)));

    assertThat(rails.debits(ours, mandate)).containsExactly("clawed_back");
    assertThat(
            rails.column(
                ours,
                "select reason || ' ' || status || ' ' || flagged from claim"
                    + " where workspace_id = :workspace"))
        .containsExactly("DDIC-? received true");
    assertThat(rails.status(ours, mandate)).isEqualTo("suspended DDIC-?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DDICA0001", "1", "-", "A", "0", "  7  "})
  void twoClaimsOfOneBankReferenceAmountAndDayAreTwo(String bankReference) {
    var first = reach(Place.DEBIT_SETTLED);
    var second = other();
    rails.advance(ours, "2026-07-27");

    var imported =
        take(
            ddica(
                user(),
                "NewAdvices",
                claim(bankReference, "RENT-1", "5"),
                claim(bankReference, "RENT-2", "5")));

    assertThat(imported.path("applied").asInt()).isEqualTo(2);
    for (var mandate : List.of(first, second)) {
      assertThat(rails.debits(ours, mandate)).containsExactly("clawed_back");
      assertThat(rails.status(ours, mandate)).isEqualTo("cancelled DDIC-5");
    }
    take(ddica(user(), "Cancellations", claim(bankReference, "RENT-2", "5")));
    assertThat(rails.debits(ours, first)).containsExactly("clawed_back");
    assertThat(rails.debits(ours, second)).containsExactly("settled");
  }

  @Test
  void bothHalvesOfADoubleCollectionAreClaimed() {
    var mandate = reach(Place.DEBIT_SETTLED);
    rails.debit(ours, mandate, ENTRY.plusDays(5), 65_000);
    rails.debit(ours, mandate, ENTRY.plusDays(5), 65_000);
    rails.advance(ours, "2026-07-28");
    var twin = claim("1", "RENT-1", "5").replace("2026-07-15", "2026-07-20");

    take(ddica(user(), "NewAdvices", twin, twin));
    var again = take(ddica(user(), "NewAdvices", twin, twin).replace("\n", " \n"));
    var attempts =
        rails.column(
            ours,
            "select id from attempt where mandate_id = :mandate and entry_on = '2026-07-20'",
            mandate);
    for (var attempt : attempts) assign(mandate, attempt);

    assertThat(again.path("repeated").asInt()).isEqualTo(2);
    assertThat(rails.debits(ours, mandate))
        .containsExactly("settled", "clawed_back", "clawed_back");
    assertThat(rails.column(ours, "select attempt_id from claim where workspace_id = :workspace"))
        .hasSize(2)
        .containsExactlyInAnyOrderElementsOf(attempts);
  }

  /// Two mandates of 650.00 each, with a debit on the entry day, on the morning of the place's day.
  private String reach(Place place) {
    var id = rails.mandate(ours, "RENT-1", SORT_CODE);
    var other = rails.mandate(ours, "RENT-2", SORT_CODE);
    if (place == Place.INSTRUCTION_LODGED) {
      rails.advance(ours, place.saidOn);
      return id;
    }
    rails.advance(ours, "2026-07-09");
    for (var mandate : List.of(id, other)) rails.debit(ours, mandate, ENTRY, 65_000);
    rails.advance(ours, LocalDate.parse(place.saidOn).isAfter(ENTRY) ? "2026-07-16" : place.saidOn);
    place.prepare(this);
    return id;
  }

  private String other() {
    return rails
        .column(
            ours, "select id from mandate where workspace_id = :workspace and reference = 'RENT-2'")
        .getFirst();
  }

  private String user() {
    return rails
        .column(
            ours,
            "select s.number from service_user s join collector c on c.service_user_id = s.id"
                + " where c.workspace_id = :workspace")
        .getFirst();
  }

  private JsonNode take(String xml) {
    var content = Base64.getEncoder().encodeToString(xml.getBytes(ISO_8859_1));
    return rails.operate(ours, "bankReports.import", "{'content': '" + content + "'}").value();
  }

  private JsonNode assign(String mandate, @Nullable String attempt) {
    var input =
        attempt == null
            ? "{'key': '%s', 'mandate_id': '%s'}".formatted(parked().getFirst(), mandate)
            : "{'key': '%s', 'mandate_id': '%s', 'attempt_id': '%s'}"
                .formatted(parked().getFirst(), mandate, attempt);
    return rails.operate(ours, "advices.assign", input).value();
  }

  private List<String> parked() {
    return rails.operate(ours, "advices.list", "{}").value().path("items").findValuesAsText("key");
  }

  private void dismissAll() {
    for (var key : parked()) {
      rails
          .operate(
              ours, "advices.dismiss", "{'key': '%s', 'note': 'settled by phone'}".formatted(key))
          .value();
    }
  }

  private void dismiss(JsonNode report) {
    var id = report.path("id").asText();
    rails
        .operate(ours, "bankReports.dismiss", "{'id': '" + id + "', 'note': 'read by eye'}")
        .value();
  }

  private static String item(String reference, String code, String words) {
    return """
    <ReturnedDebitItem ref="%-18s" transCode="01" returnCode="%s" returnDescription="%s"
      originalProcessingDate="2026-07-14" valueOf="650.00" currency="GBP"/>
    <Totals numberOf="1" valueOf="650.00" currency="GBP"/>
    """
        .formatted(reference, code, words);
  }

  private static String arudd(String user, String items) {
    return """
    <?xml version="1.0"?>
    <BACSDocument><Data><ARUDD>
    <Header adviceNumber="000" currentProcessingDate="2026-07-16"/>
    <ServiceLicenseInformation userNumber="%s"/>
    <Advice><OriginatingAccountRecords><OriginatingAccountRecord>
    <OriginatingAccount sortCode="20-00-00" number="11223344"/>
    %s
    </OriginatingAccountRecord></OriginatingAccountRecords></Advice>
    </ARUDD></Data></BACSDocument>
    """
        .formatted(user, items);
  }

  private static String messages(String user, String advices) {
    return """
    <?xml version="1.0"?>
    <BACSDocument><Data><MessagingAdvices>
    <MessagingHeader user-number="%s"/>
    %s
    </MessagingAdvices></Data></BACSDocument>
    """
        .formatted(user, advices);
  }

  private static String advice(
      String user, String type, String reason, String reference, @Nullable String code) {
    return """
    <MessagingAdvice user-number="%s" record-type="%s" %s reason-code="%s" reference="%s"
      effective-date="2026-07-06"/>
    """
        .formatted(
            user, type, code == null ? "" : "transaction-code=\"" + code + "\"", reason, reference);
  }

  private static String claim(String bankReference, String reference, String reason) {
    return """
    <PayingBankReference>%s</PayingBankReference><SUReference>%s</SUReference>
    <ReasonCode>%s</ReasonCode>
    <DDCollections><DDCollection>
    <DateOfDirectDebit>2026-07-15</DateOfDirectDebit><Amount>650.00</Amount>
    </DDCollection></DDCollections>
    <TotalAmount>650.00</TotalAmount>
    """
        .formatted(bankReference, reference, reason);
  }

  private static String ddica(String user, String part, String... claims) {
    boolean raised = part.equals("NewAdvices");
    var element = raised ? "DDICAdvice" : "DDICCancellation";
    var items =
        Stream.iterate(1, n -> n <= claims.length, n -> n + 1)
            .map(n -> "<%s><SeqNo>%d</SeqNo>%s</%s>".formatted(element, n, claims[n - 1], element))
            .toList();
    return """
    <?xml version="1.0"?>
    <VocaDocument><Data><Document><ServiceUserNumber>%s</ServiceUserNumber>
    <%s>%s%s</%s>
    </Document></Data></VocaDocument>
    """
        .formatted(
            user,
            part,
            String.join("\n", items),
            raised ? "<DateOfDebit>2026-08-14</DateOfDebit>" : "",
            part);
  }

  private static String input(String user, String reference, String outcome) {
    return """
    <?xml version="1.0"?>
    <BACSDocument><Data><InputReport>
    <Header><ProcessingDate date="2026-07-14"/></Header>
    <Submission><SubmissionInformation volumeSerialNumber="187001"/><UserFile><InputUserFile>
    <UserFileInformation userNumber="%s" userFileNumber="001"/>
    <Errors><Error>
    <ErrorItem reference="%s" transCode="01" valueOf="650.00" currency="GBP"/>
    <ErrorMessage type="%s">WORDS OF BACS</ErrorMessage>
    </Error></Errors>
    </InputUserFile></UserFile></Submission>
    </InputReport></Data></BACSDocument>
    """
        .formatted(user, reference, outcome);
  }
}
