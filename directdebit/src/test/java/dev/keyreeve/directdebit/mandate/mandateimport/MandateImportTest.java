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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MandateImportTest {
  private static final String HEADER =
      "payer.name,payer.externalRef,bankDetails.sortCode,bankDetails.accountNumber,"
          + "bankDetails.accountHolderName,evidence.channel,evidence.agreedAt,reference,"
          + "metadata.property.code\r\n";

  private final TestDirectDebit world = new TestDirectDebit();
  private final Workspace ours = world.workspace("Harbour Lettings");
  private int sheets;

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

  /// What a spreadsheet adds to a file of one good row, and where that row stands in it.
  static Stream<Arguments> filesOfSpreadsheets() {
    var header = HEADER.strip();
    var row = row("Rose", "12345678", "%s").strip();
    return Stream.of(
        file("a byte order mark", "\uFEFF" + header + "\r\n" + row + "\r\n", 1),
        file("old line ends", header + "\r" + row + "\r", 1),
        file("columns without a heading", header + ",,\r\n" + row + ",,\r\n", 1),
        file("short rows under them", header + ",,,,\r\n" + row + "\r\n", 1),
        file("wider rows", header + "\r\n" + row + ",,,\r\n", 1),
        file("a column without a heading before others", "," + header + "\r\n," + row + "\r\n", 1),
        file("a last row of commas", header + "\r\n" + row + "\r\n,,,,,,,,\r\n", 1),
        file("rows of commas between", header + "\r\n,,,,,,,,\r\n\r\n , ,\r\n" + row, 4),
        file("rows that only look empty", header + "\r\n\u00A0,\u200B,\"\"\r\n" + row, 2),
        file("rows above the header", ",,,\r\n\r\n" + header + "\r\n" + row, 1),
        file(
            "all of it",
            "\uFEFF" + header.replace(",", "\u00A0,") + ",\u200B,\r\n,,,\r\n" + row + ",,,\r\n,,,",
            2));
  }

  private static Arguments file(String name, String csv, int row) {
    return Arguments.argumentSet(name, csv, row);
  }

  @ParameterizedTest
  @MethodSource("filesOfSpreadsheets")
  void passesOverWhatASpreadsheetAdds(String csv, int row) {
    var started = start(csv.formatted("SHEET-" + sheets++));
    world.service().importMandates(world.instant());

    var status = status(started);
    assertThat(status.path("rows").asInt()).isEqualTo(1);
    assertThat(status.path("created").asInt()).isEqualTo(1);
    assertThat(status.at("/items/0/row").asInt()).isEqualTo(row);
  }

  @Test
  void tellsOfRowsByTheirPlaceInTheFile() {
    var started =
        start(
            HEADER
                + ",,,,,,,,\r\n"
                + row("Tom", "12", "PLACE-2")
                + "\r\n,,\r\n"
                + row("Ann", "12345678", "PLACE-5")
                + row("Sue", "00000000", "PLACE-6"));
    world.service().importMandates(world.instant());

    var items = status(started).path("items");
    assertThat(items).extracting(item -> item.path("row").asInt()).containsExactly(2, 5, 6);
    assertThat(items).extracting(item -> item.has("error")).containsExactly(true, false, true);
    assertThat(items.at("/2/error/issues/0/message").asText())
        .isEqualTo("An account number of zeros is no account.");
    assertThat(messages(HEADER + ",,,\r\n\r\nRose" + ",".repeat(9) + "more\r\n"))
        .containsExactly("Row 3 has more cells than the header.");
    assertThat(messages(HEADER.strip() + ",\r\n,,\r\nRose" + ",".repeat(9) + "more\r\n"))
        .containsExactly("Column 10 has no heading, and yet row 2 has a cell there.");
  }

  @Test
  void readsCellsAsPeoplePasteThem() {
    var started =
        start(
            HEADER
                + "\u00A0Sam\u00A0Hale\u200B,\u00A0T-7\u200B,20\u201329\u201359,6374\u00A08472,"
                + "\uFEFFSam\u202FHale,paper,2026-06-01T10:00:00Z\u00A0,PASTED-1\u00A0,\"7\u00A0B\u200B\n\"\r\n");
    world.service().importMandates(world.instant());

    var id = status(started).at("/items/0/mandateId").asText();
    var mandate = ours.call("mandates.get", "{'id': '" + id + "'}").value();
    assertThat(mandate.at("/payer/name").asText()).isEqualTo("Sam Hale");
    assertThat(mandate.at("/payer/externalRef").asText()).isEqualTo("T-7");
    assertThat(mandate.at("/bankAccount/accountHolderName").asText()).isEqualTo("Sam Hale");
    assertThat(mandate.at("/bankAccount/last4").asText()).isEqualTo("8472");
    assertThat(mandate.path("reference").asText()).isEqualTo("PASTED-1");
    assertThat(mandate.path("metadata").path("property.code").asText()).isEqualTo("7 B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payer.name;reference;bankDetails.sortCode\r\nRose;R-1;00-00-01\r\n",
        "\uFEFFpayer.name;reference\r\n",
        "\r\npayer.name;reference\r\nBell, Rose;R-1\r\n",
        "\"payer.name\";\"reference\"\r\n\"Rose\";\"R-1\"\r\n",
        "\"payer.name;reference\"\r\n\"Rose;R-1\"\r\n",
        "payer.name;reference,,\r\nRose;R-1,,\r\n",
        "sep=;\r\npayer.name;reference\r\n"
      })
  void saysThatSemicolonsStandWhereCommasShould(String csv) {
    assertThat(codes(csv)).containsExactly("wrong_separator");
    assertThat(messages(csv))
        .singleElement()
        .asString()
        .contains("one column that holds semicolons", "commas between its cells");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payer.name\treference\r\nRose\tR-1\r\n",
        "\uFEFFpayer.name\treference\nRose\tR-1\n",
        "\"payer.name\"\t\"reference\"\r\n"
      })
  void saysThatTabsStandWhereCommasShould(String csv) {
    assertThat(messages(csv)).singleElement().asString().contains("one column that holds tabs");
  }

  @Test
  void namesAHeadingThatIsNotKnownAndTheNearestThatIs() {
    assertThat(messages("payer.nane,colour\r\n"))
        .contains(
            "Column 1, \"payer.nane\", is no field of a mandate; did you mean payer.name?",
            "Column 2, \"colour\", is no field of a mandate.");
    assertThat(messages("Payer.Name,Größe\r\n"))
        .contains(
            "Column 1, \"Payer.Name\", is no field of a mandate; did you mean payer.name?",
            "Column 2, \"Größe\", is no field of a mandate.");
    assertThat(messages(HEADER.replace("reference", "payer.name")))
        .containsExactly("Column 8, \"payer.name\", repeats.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678",
        "account 12 34 56 78 of mine",
        "12-34-56",
        "\u001b[31mred\u0007",
        "a\nb\rc",
        "half\ud83d",
        "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖"
      })
  void repeatsOfAHeadingOnlyWhatIsPrintableAndNoNumber(String heading) {
    assertThat(unknownHeading(heading))
        .matches("Column 1, \"[ -~…\\p{L}]{0,41}\", is no field of a mandate\\.")
        .doesNotContainPattern("[0-9]{3}|12.34");
  }

  @Test
  void repeatsOnlyTheBeginningOfALongHeadingAndTheFirstOfManyHeadings() {
    assertThat(unknownHeading("long ".repeat(2_000))).hasSizeLessThan(100).contains("…\"");
    assertThat(messages("x,".repeat(100_000) + "x\r\n")).hasSizeLessThan(100);
  }

  /// A control character would not come as far as this from a caller.
  private static String unknownHeading(String heading) {
    return switch (MandateCsv.read("\"" + heading + "\",payer.name\r\n")) {
      case MandateCsv.Faulty(var issues) -> issues.getFirst().message();
      case MandateCsv.Rows rows -> throw new AssertionError("was read: " + rows);
    };
  }

  private List<String> messages(String csv) {
    return ours.call("mandates.importStart", input(csv)).problem().issues().stream()
        .map(Issue::message)
        .toList();
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
