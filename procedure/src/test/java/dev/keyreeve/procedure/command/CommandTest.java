package dev.keyreeve.procedure.command;

import static dev.keyreeve.access.decision.Requirement.commandLine;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.put;
import static dev.keyreeve.procedure.command.Command.command;
import static dev.keyreeve.procedure.command.Flag.flag;
import static dev.keyreeve.procedure.command.Flag.without;
import static dev.keyreeve.procedure.command.Table.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Route;
import dev.keyreeve.procedure.shape.Issue;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Commands of a boat hire, and what they make of what is typed.
final class CommandTest {
  private static final JsonMapper json = new JsonMapper();

  enum Sail {
    JIB,
    MAIN,
    SPINNAKER
  }

  @SnakeCase
  record Hire(
      String id,
      String skipper,
      @Range(min = 1, max = 8) int crew,
      @Nullable Sail firstSail,
      @Nullable Boolean withMotor,
      @Nullable LocalDate day,
      @Nullable Instant castOff,
      @Nullable @Items(max = 2) List<String> guests) {}

  @SnakeCase
  record Moor(String id, @Nullable String berth) {}

  @SnakeCase
  record ListBoats(
      @Nullable String harbour,
      @Nullable @Range(min = 1, max = 50) Integer limit,
      @Nullable String cursor) {}

  @SnakeCase
  record Boat(String id) {}

  @SnakeCase
  record Boats(List<Boat> items, @Nullable String nextCursor) {}

  private static final Declared<Hire, Boat> HIRE =
      mutation("boats.hire", commandLine(), put("/boats/{id}/hire"))
          .about("Hires a boat.")
          .takes(Hire.class)
          .gives(Boat.class);

  private static final Declared<Moor, Boat> MOOR =
      mutation("boats.moor", commandLine(), put("/boats/{id}/berth"))
          .about("Moors a boat.")
          .takes(Moor.class)
          .gives(Boat.class);

  private static final Declared<ListBoats, Boats> LIST =
      query("boats.list", commandLine(), get("/boats"))
          .about("Lists boats.")
          .takes(ListBoats.class)
          .gives(Boats.class);

  private static final Table TABLE = Table.of(column("BOAT", "id"));

  private final Harbour harbour = new Harbour();
  private final StringWriter out = new StringWriter();

  /// Answers what it was told to, and remembers what it was asked.
  private static final class Harbour implements RunningServer {
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();

    @Override
    public Answer call(String under, Route route, ObjectNode input) {
      calls.add(under + " " + route + " " + input);
      return answers.remove();
    }

    @Override
    public @Nullable String workspace() {
      return "wks_1";
    }
  }

  private void run(Command command, Map<String, List<?>> typed) throws IOException, Refusal {
    var values = new HashMap<Parameter, List<?>>();
    for (var parameter : command.parameters()) {
      values.put(parameter, typed.getOrDefault(parameter.name(), List.of()));
    }
    assertThat(typed.keySet()).isSubsetOf(names(command));
    var writer = new PrintWriter(out, true);
    var terminal = new Terminal(false, InputStream.nullInputStream(), writer, writer);
    new Invocation(command, values, harbour, terminal).run();
  }

  private static List<String> names(Command command) {
    return command.parameters().stream().map(Parameter::name).toList();
  }

  private static Parameter parameter(Command command, String name) {
    return command.parameters().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void answers(String answer) throws IOException {
    harbour.answers.add(new RunningServer.Answer.Done(json.readTree(answer)));
  }

  @Test
  void isWhatItsDeclarationSaysWithAFlagForEveryField() {
    var command = command("hire", HIRE);

    assertThat(command.about()).isEqualTo("Hires a boat.");
    assertThat(names(command))
        .containsExactly(
            "--id",
            "--skipper",
            "--crew",
            "--first-sail",
            "--with-motor",
            "--day",
            "--cast-off",
            "--guests");
  }

  @Test
  void whatIsNamedComesFirstAndWhatIsLeftOutNotAtAll() {
    var command =
        command("hire", HIRE)
            .with(
                flag("crew", "Hands on deck."),
                flag("id", "BOAT", "Which."),
                without("with_motor", "day", "cast_off"));

    assertThat(names(command))
        .containsExactly("--crew", "BOAT", "--skipper", "--first-sail", "--guests");
  }

  @Test
  void aFlagSaysWhatTheDeclarationKnows() {
    var command =
        command("hire", HIRE)
            .with(flag("crew", "Hands on deck, %s."), flag("first_sail", "--first-sail %s", ""));

    assertThat(command.parameters())
        .extracting(Parameter::name, Parameter::required, Parameter::about, Parameter::label)
        .contains(
            tuple("--crew", true, "Hands on deck, 1 to 8.", "<crew>"),
            tuple("--first-sail", false, "jib, main or spinnaker.", "jib|main|spinnaker"));
    assertThat(parameter(command, "--crew").type()).isEqualTo(Integer.class);
    assertThat(parameter(command, "--with-motor").type()).isEqualTo(Boolean.class);
    assertThat(parameter(command, "--day").type()).isEqualTo(LocalDate.class);
    assertThat(parameter(command, "--guests").isRepeated()).isTrue();
  }

  @Test
  void aNameThatIsNoFieldsStopsTheCommandFromBeingMade() {
    var command = command("hire", HIRE);

    assertThatThrownBy(() -> command.with(flag("captain")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("captain");
  }

  @Test
  void sendsWhatWasTypedAsTheDeclarationHasIt() throws Exception {
    answers("{\"id\":\"b1\"}");
    var command = command("hire", HIRE).under("/east").showing(TABLE::facts);

    run(
        command,
        Map.of(
            "--id", List.of("b1"),
            "--skipper", List.of("Ann"),
            "--crew", List.of(3),
            "--first-sail", List.of("jib"),
            "--day", List.of(LocalDate.of(2027, 1, 31)),
            "--guests", List.of("Bo", "Cy")));

    assertThat(harbour.calls)
        .containsExactly(
            "/east PUT /boats/{id}/hire {\"id\":\"b1\",\"skipper\":\"Ann\",\"crew\":3,"
                + "\"first_sail\":\"jib\",\"day\":\"2027-01-31\",\"guests\":[\"Bo\",\"Cy\"]}");
    assertThat(out).hasToString("BOAT  b1\n");
  }

  @Test
  void tellsBeforeAnyCallWhatTheDeclarationRefusesBesideWhatWasTyped() {
    var command =
        command("hire", HIRE)
            .with(flag("id", "BOAT", "Which."), flag("first_sail", "--sail", ""))
            .showing(TABLE::facts);

    assertThatThrownBy(
            () ->
                run(
                    command,
                    Map.of(
                        "BOAT", List.of(""),
                        "--skipper", List.of("Ann"),
                        "--crew", List.of(9),
                        "--sail", List.of("gaff"),
                        "--guests", List.of("Bo", ""))))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("The input is not valid.\n  BOAT: ")
        .hasMessageContaining("\n  --crew: ")
        .hasMessageContaining("\n  --sail: ")
        .hasMessageContaining("\n  --guests: ");
    assertThat(harbour.calls).isEmpty();
  }

  @Test
  void showsTheServersIssuesBesideWhatWasTyped() {
    var command = command("moor", MOOR).with(flag("berth", "--at", "")).showing(TABLE::facts);
    harbour.answers.add(
        new RunningServer.Answer.Refused(
            "That cannot be.",
            List.of(
                new Issue("berth", "taken", "It is taken."),
                new Issue("", "invalid", "It blows."),
                new Issue("weather.wind", "unknown_field", "This field is not known.")),
            List.of("There are: a1 a2")));

    assertThatThrownBy(() -> run(command, Map.of("--id", List.of("b1"), "--at", List.of("a3"))))
        .hasMessage(
            """
            That cannot be.
              --at: It is taken.
              It blows.
              weather.wind: This field is not known.
              There are: a1 a2""");
  }

  @Test
  void readsAWordThatIsNotSimplyTheFieldAndPutsWhatIsMeantWhereNothingWasTyped() throws Exception {
    answers("{\"id\":\"b1\"}");
    answers("{\"id\":\"b1\"}");
    var command =
        command("moor", MOOR)
            .with(
                flag("id").orElse((input, typed) -> input.put("id", typed.workspace())),
                flag("berth").read((texts, input, _) -> input.put("berth", "at " + texts)))
            .showing(TABLE::facts);

    run(command, Map.of("--berth", List.of("a1")));
    run(command, Map.of("--id", List.of("b2")));

    assertThat(parameter(command, "--id").required()).isFalse();
    assertThat(harbour.calls)
        .containsExactly(
            " PUT /boats/{id}/berth {\"id\":\"wks_1\",\"berth\":\"at [a1]\"}",
            " PUT /boats/{id}/berth {\"id\":\"b2\"}");
  }

  @Test
  void aCommandOfTwoProceduresTakesTheFieldsOfBothAndGivesEachItsOwn() throws Exception {
    answers("{\"id\":\"b1\"}");
    var command =
        command("either", "Moors or hires a boat.", MOOR, HIRE)
            .doing(
                typed -> {
                  var wanted = typed.isFor(MOOR, HIRE) ? MOOR : HIRE;
                  typed.show(typed.call(wanted), TABLE::facts);
                });

    run(command, Map.of("--id", List.of("b1"), "--berth", List.of("a1")));

    assertThat(parameter(command, "--id").required()).isTrue();
    assertThat(parameter(command, "--skipper").required()).isFalse();
    assertThat(harbour.calls)
        .containsExactly(" PUT /boats/{id}/berth {\"id\":\"b1\",\"berth\":\"a1\"}");
  }

  @Test
  void listsPageByPageAndOffersNoPages() throws Exception {
    answers("{\"items\":[{\"id\":\"b1\"}],\"next_cursor\":\"c1\"}");
    answers("{\"items\":[{\"id\":\"b2\"}]}");
    var command = command("list", LIST).listing(TABLE);

    run(command, Map.of("--harbour", List.of("east")));

    assertThat(names(command)).containsExactly("--harbour");
    assertThat(harbour.calls)
        .containsExactly(
            " GET /boats {\"harbour\":\"east\"}",
            " GET /boats {\"harbour\":\"east\",\"cursor\":\"c1\"}");
    assertThat(out).hasToString("BOAT\nb1\nb2\n");
  }
}
