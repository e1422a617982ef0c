package dev.keyreeve.directdebit.mandate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.Issue;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names, references, addresses and bank details as people type and paste them, at every door.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedDetailsTest {
  private final TestDirectDebit world = new TestDirectDebit();
  private final Workspace ours = world.workspace("Harbour Lettings");
  private int references;

  @AfterAll
  void stop() {
    world.close();
  }

  /// Where bank details come in from somebody.
  interface Door {
    Answer give(TypedDetailsTest test, String sortCode, String accountNumber);
  }

  private static Arguments door(String name, Door door) {
    return Arguments.argumentSet(name, door);
  }

  static Stream<Arguments> doors() {
    return Stream.of(
        door("mandates.create", TypedDetailsTest::create),
        door("mandates.changeBankAccount", TypedDetailsTest::change),
        door("mandates.checkBankDetails", TypedDetailsTest::check),
        door("invites.submit", TypedDetailsTest::submit));
  }

  private Answer create(String sortCode, String accountNumber) {
    return ours.call("mandates.create", creation(nextReference(), sortCode, accountNumber));
  }

  private Answer change(String sortCode, String accountNumber) {
    var id = create("00-00-01", "12345678").value().at("/mandate/id").asText();
    report(id, new SchemeEvent.InstructionSubmitted());
    report(id, new SchemeEvent.InstructionAccepted());
    return ours.call(
        "mandates.changeBankAccount",
        "{'id': '%s', 'bankDetails': %s, 'evidence': %s}"
            .formatted(id, details(sortCode, accountNumber), EVIDENCE));
  }

  private Answer check(String sortCode, String accountNumber) {
    return ours.call(
        "mandates.checkBankDetails",
        "{'sortCode': '%s', 'accountNumber': '%s'}".formatted(sortCode, accountNumber));
  }

  private Answer submit(String sortCode, String accountNumber) {
    var invited = ours.call("mandates.invite", "{'payer': {'name': 'Ada Lovelace'}}").value();
    return world.pay(
        "invites.submit",
        """
        {'token': '%s', 'sortCode': '%s', 'accountNumber': '%s', 'accountHolderName': 'A Lovelace',
         'confirmed': true}
        """
            .formatted(TestDirectDebit.tokenOf(invited), sortCode, accountNumber));
  }

  private static final String EVIDENCE = "{'channel': 'paper', 'agreedAt': '2026-06-01T10:00:00Z'}";

  private static String details(String sortCode, String accountNumber) {
    return "{'sortCode': '%s', 'accountNumber': '%s', 'accountHolderName': 'Ada Lovelace'}"
        .formatted(sortCode, accountNumber);
  }

  private static String creation(String reference, String sortCode, String accountNumber) {
    return "{'payer': {'name': 'Ada'}, 'bankDetails': %s, 'evidence': %s, 'reference': '%s'}"
        .formatted(details(sortCode, accountNumber), EVIDENCE, reference);
  }

  private String nextReference() {
    return "TYPED-" + references++;
  }

  private void report(String id, SchemeEvent event) {
    world.report(ours, id, event);
  }

  private static List<String> messages(Answer answer) {
    return answer.problem().issues().stream().map(Issue::message).toList();
  }

  @ParameterizedTest
  @MethodSource("doors")
  void takeSpacesAndDashesInNumbers(Door door) {
    assertThat(door.give(this, "00 00 01", "1234 5678").value()).isNotNull();
    assertThat(door.give(this, "00–00–01", "1234-5678").value()).isNotNull();
    assertThat(door.give(this, "000001\\u00a0", "\\u202d12345678\\u202c").value()).isNotNull();
    assertThat(door.give(this, "00\\u00a000\\u00a001", "123 456").value()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("doors")
  void refuseZerosAsAnAccount(Door door) {
    for (var zeros : List.of("00000000", "0000 0000", "000000", "0000–0000")) {
      var answer = door.give(this, "20-00-00", zeros);

      assertThat(answer.reason()).isEqualTo("invalid_input");
      assertThat(messages(answer)).containsExactly("An account number of zeros is no account.");
    }
  }

  @ParameterizedTest
  @MethodSource("doors")
  void refuseToGuessWhichEightDigitsOfMoreCount(Door door) {
    for (var more : List.of("123456789", "1234567890", "01-23456789", "1234 56789")) {
      var answer = door.give(this, "09-01-26", more);

      assertThat(answer.reason()).isEqualTo("invalid_input");
      assertThat(messages(answer)).singleElement().asString().contains("takes eight digits");
    }
  }

  @Test
  void keepSixAndEightDigitsHoweverTheyWereTyped() {
    var reference = nextReference();
    var id =
        ours.call("mandates.create", creation(reference, "20 29\\u00a059", "6374–8472"))
            .value()
            .at("/mandate/id")
            .asText();

    var kept = kept(id);

    assertThat(kept.sortCode().digits()).isEqualTo("202959");
    assertThat(kept.accountNumber().reveal()).isEqualTo("63748472");
    assertThat(mandate(id).at("/bankAccount/last4").asText()).isEqualTo("8472");
  }

  @Test
  void openAnAccountOfZerosThatWasKeptBeforeTheyWereRefused() {
    var id = create("00-00-01", "12345678").value().at("/mandate/id").asText();
    var account = accountId(id);
    var sealed =
        world
            .cipher()
            .seal("20000000000000".getBytes(US_ASCII), BankAccounts.DETAILS.cell(account));
    int changed =
        within(
            tx ->
                tx.update(
                        """
                        update bank_account set sealed_details = :sealed
                        where workspace_id = :workspace and id = :id
                        """)
                    .bind("sealed", sealed)
                    .bind("id", account)
                    .execute());

    assertThat(changed).isEqualTo(1);
    assertThat(kept(id).accountNumber().reveal()).isEqualTo("00000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sam\\u00a0Hale\\u200b",
        "\\ufeffSam\\u202fHale",
        " Sam\\u2007Hale ",
        "\\u202aSam Hale\\u202c"
      })
  void keepNamesReferencesAndAddressesPlain(String name) {
    var reference = nextReference();
    var created =
        ours.call(
                "mandates.create",
                """
                {'payer': {'name': '%s', 'externalRef': '\\u00a0%s', 'email': 'sam@example.com\\u00a0'},
                 'bankDetails': {'sortCode': '000001', 'accountNumber': '12345678',
                   'accountHolderName': '%s'},
                 'evidence': %s, 'reference': '%s\\u200b '}
                """
                    .formatted(name, reference, name, EVIDENCE, reference))
            .value()
            .path("mandate");

    assertThat(created.at("/payer/name").asText()).isEqualTo("Sam Hale");
    assertThat(created.at("/payer/externalRef").asText()).isEqualTo(reference);
    assertThat(created.at("/payer/email").asText()).isEqualTo("sam@example.com");
    assertThat(created.at("/bankAccount/accountHolderName").asText()).isEqualTo("Sam Hale");
    assertThat(created.path("reference").asText()).isEqualTo(reference);
    assertThat(
            ours.call("mandates.getByReference", "{'reference': '\\u00a0%s'}".formatted(reference))
                .value()
                .path("id"))
        .isEqualTo(created.path("id"));
  }

  @Test
  void replayACallThatComesAgainAsItWasAndNoOther() {
    var call = creation(nextReference(), "00 00 01", "1234 5678").replaceFirst("}$", ", ");
    var key = "'idempotencyKey': 'typed-1'}";

    var first = ours.call("mandates.create", call + key).value();
    var again = ours.call("mandates.create", call + key).value();
    var spelled = ours.call("mandates.create", (call + key).replace("00 00 01", "000001"));

    assertThat(again.at("/mandate/id")).isEqualTo(first.at("/mandate/id"));
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(spelled.reason()).isEqualTo("idempotency_key_reused");
  }

  private JsonNode mandate(String id) {
    return ours.call("mandates.get", "{'id': '%s'}".formatted(id)).value();
  }

  private <T> T within(Function<Tx, T> work) {
    return world.tenancy().write(ours.id(), world.instant(), work);
  }

  private String accountId(String id) {
    return within(
        tx ->
            tx.query(
                    """
                    select bank_account_id from mandate
                    where workspace_id = :workspace and id = :id
                    """)
                .bind("id", id)
                .mapTo(String.class)
                .one());
  }

  private BankDetails kept(String id) {
    var account = accountId(id);
    return within(
        tx -> Objects.requireNonNull(world.accounts().details(tx, List.of(account)).get(account)));
  }
}
