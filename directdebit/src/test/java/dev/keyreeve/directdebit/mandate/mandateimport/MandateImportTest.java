package dev.keyreeve.directdebit.mandate.mandateimport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.procedure.shape.Issue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MandateImportTest {
  private static final String HEADER =
      "payer.name,payer.externalRef,bankDetails.sortCode,bankDetails.accountNumber,"
          + "bankDetails.accountHolderName,evidence.channel,evidence.agreedAt,reference,"
          + "metadata.property.code\r\n";

  private final TestDirectDebit world = new TestDirectDebit();
  private final Workspace ours = world.workspace("Harbour Lettings");

  @AfterAll
  void stop() {
    world.close();
  }

  private static String row(String name, String accountNumber, String reference) {
    return "\"%s\",,00-00-01,%s,%s,paper,2026-06-01T10:00:00Z,%s,\"A, 7\"\r\n"
        .formatted(name, accountNumber, "Ada Lovelace", reference);
  }

  private static String input(String csv) {
    return "{'csv': " + JsonNodeFactory.instance.textNode(csv).toString() + "}";
  }

  private JsonNode start(String csv) {
    return ours.call("mandates.importStart", input(csv)).value();
  }

  private JsonNode status(JsonNode started) {
    var id = started.path("id").asText();
    return ours.call("mandates.importStatus", "{'id': '" + id + "'}").value();
  }

  @Test
  void makesAMandateOfEachRowAndTellsWhyOthersAreNone() {
    var started =
        start(
            HEADER
                + row("Bell, Rose", "12345678", "IMPORT-1")
                + row("Tom", "12345678", "IMPORT-1")
                + row("Ann", "1234", "IMPORT-3")
                + row("Sue", "87654321", "IMPORT-4"));

    assertThat(started.path("rows").asInt()).isEqualTo(4);
    assertThat(status(started).path("pending").asInt()).isEqualTo(4);

    world.service().importMandates(world.instant());

    var status = status(started);
    assertThat(status.path("created").asInt()).isEqualTo(2);
    assertThat(status.path("refused").asInt()).isEqualTo(2);
    assertThat(status.path("pending").asInt()).isZero();
    assertThat(status.at("/items/1/error/reason").asText()).isEqualTo("duplicate_reference");
    assertThat(status.at("/items/2/error/issues/0/path").asText())
        .isEqualTo("bankDetails.accountNumber");
    var first = status.at("/items/0/mandateId").asText();
    var mandate = ours.call("mandates.get", "{'id': '" + first + "'}").value();
    assertThat(mandate.at("/payer/name").asText()).isEqualTo("Bell, Rose");
    assertThat(mandate.path("metadata").path("property.code").asText()).isEqualTo("A, 7");
  }

  @Test
  void tellsOfItsMandatesAsTheWorkOfWhoeverStartedIt() {
    var started = start(HEADER + row("Rose", "12345678", "BY-KEY-1"));
    world.service().importMandates(world.instant());

    var made = status(started).at("/items/0/mandateId").asText();
    var history = ours.call("mandates.history", "{'id': '" + made + "'}").value().path("items");
    assertThat(history).extracting(event -> event.path("origin").asText()).containsOnly("agent");
  }

  @Test
  void refusesAFileThatHasNoMeaningAsAWhole() {
    assertThat(codes("")).containsExactly("too_short");
    assertThat(codes("payer.name,colour\r\nRose,red\r\n")).contains("unknown_column", "required");
    assertThat(codes(HEADER)).containsExactly("empty");
    assertThat(codes(HEADER.replace("reference", "payer.name"))).contains("repeated_column");
    assertThat(codes(HEADER + "a,b,c,d,e,f,g,h,i,j\r\n")).containsExactly("too_many");
    assertThat(codes(HEADER + "\"never closed")).containsExactly("bad_format");
    var many = row("Rose", "12345678", "").repeat(MandateCsv.MAX_ROWS + 1);
    assertThat(codes(HEADER + many)).containsExactly("too_many");
  }

  private List<String> codes(String csv) {
    return ours.call("mandates.importStart", input(csv)).problem().issues().stream()
        .map(Issue::code)
        .toList();
  }

  @Test
  void doesEachRowOnceHoweverManyWork() {
    var rows =
        IntStream.range(0, 40)
            .mapToObj(i -> row("Payer " + i, "12345678", "MANY-" + i))
            .collect(Collectors.joining());
    var started = start(HEADER + rows);

    var done = TestDirectDebit.atOnce(4, _ -> world.service().importMandates(world.instant()));

    assertThat(done.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    assertThat(status(started).path("created").asInt()).isEqualTo(40);
    assertThat(world.service().importMandates(world.instant())).isZero();
  }

  @Test
  void keepsNoAccountNumberInClear() {
    start(HEADER + row("Rose", "31926819", "SEALED-1"));

    assertThat(world.everythingStored()).doesNotContain("31926819");
    world.service().importMandates(world.instant());
    assertThat(world.everythingStored()).doesNotContain("31926819");
  }

  @Test
  void isFoundByItsOwnWorkspaceAlone() {
    var started = start(HEADER + row("Rose", "12345678", "OWN-1"));
    var others = world.workspace("Other Lettings");

    assertThat(
            others
                .call("mandates.importStatus", "{'id': '" + started.path("id").asText() + "'}")
                .reason())
        .isEqualTo("import_not_found");
  }
}
