package dev.keyreeve.server.node;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.AddressMeter;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.RoleScopes;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.scope.ScopeCatalogues;
import dev.keyreeve.access.scope.Scopes;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Golden;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Problem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Asks the decision itself which kind of caller may call which procedure, and compares the answers
/// with the committed table, so that a change of who may do what is seen in review.
class WhoMayWhatTest {
  private static final Path TABLE = Path.of("../docs/reference/who-may-what.md");
  private static final long NOW = 1_767_268_800_000L;
  private static final String YES = "yes";

  private static TestServer server;

  private static final int PLENTY = 1_000_000;

  private final Meter meter = new Meter();
  private final Limit limit = new Limit(meter.allocate(), 0, PLENTY);
  private final AccessCheck access =
      new AccessCheck(meter, new AddressMeter(PLENTY), new AddressMeter(PLENTY));

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void isWhatTheCommittedTableSays() {
    Golden.assertMatches(TABLE, page(server.apis()));
  }

  /// No kind that the sealed type knows is left out of the table. Who sends no credential is
  /// [dev.keyreeve.access.subject.Anyone] where an API is open to everyone.
  @Test
  void asksAsEveryKindOfCaller() {
    var kinds =
        callers(server.apis().getFirst(), new Scope("mandates:read")).values().stream()
            .map(lookup -> lookup instanceof Lookup.Known(var subject, _) ? subject : new Anyone())
            .map(Subject::getClass)
            .distinct();

    assertThat(kinds).hasSameSizeAs(Subject.class.getPermittedSubclasses());
  }

  private String page(List<Api> apis) {
    var page =
        new StringBuilder(
            """
            # Who may call what

            Written by asking the decision as each kind of caller; do not edit. A cell says `yes`, or the reason of the refusal. Whose
            data a permitted call sees is another matter: its own workspace's alone.
            """);
    for (var api : apis) {
      page.append("\n## ").append(api.title()).append("\n\n");
      var columns = callers(api, new Scope("none:read")).keySet();
      row(page, "procedure", columns);
      row(page, "---", columns.stream().map(_ -> "---").toList());
      for (var procedure : api.procedures())
        row(page, code(procedure.name()), cells(api, procedure));
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String first, Collection<String> cells) {
    page.append(cells.stream().collect(joining(" | ", "| " + first + " | ", " |\n")));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private List<String> cells(Api api, Procedure<?, ?> procedure) {
    var needed =
        procedure.requirement() instanceof Requirement.Holds(var scope)
            ? scope
            : new Scope("none:read");
    return callers(api, needed).values().stream()
        .map(lookup -> answer(lookup, api, procedure.requirement()))
        .toList();
  }

  private String answer(Lookup lookup, Api api, Requirement requirement) {
    return switch (access.admit(lookup, api.audience(), Address.parse("192.0.2.1"), 1, NOW)) {
      case Decision.Denied denied -> code(Problem.of(denied).reason().word());
      case Decision.Admitted(var subject, _) ->
          switch (access.permit(subject, requirement)) {
            case Decision.Denied denied -> code(Problem.of(denied).reason().word());
            case Decision.Permitted _ -> YES;
          };
    };
  }

  /// Everybody who may come, with the one scope that is asked for, or with all others.
  private Map<String, Lookup> callers(Api api, Scope needed) {
    var callers = new LinkedHashMap<String, Lookup>();
    callers.put("key with the scope", key(api, scope -> scope.equals(needed)));
    callers.put("key with all others", key(api, scope -> !scope.equals(needed)));
    for (var role : Role.values()) {
      callers.put(role.name().toLowerCase(Locale.ROOT), new Lookup.Known(session(role)));
    }
    callers.put("command line", new Lookup.Known(new CommandLine()));
    callers.put("nobody", new Lookup.Absent());
    return callers;
  }

  private Lookup key(Api api, Predicate<Scope> granted) {
    // An API that is for no keys is tried with a key of the one that is.
    var brand = api.audience() instanceof Audience.Keys(var own) ? own : "dd";
    var catalogue = api.scopes();
    Set<Scope> scopes =
        catalogue.entries().stream()
            .map(ScopeCatalogue.Entry::scope)
            .filter(granted)
            .collect(Collectors.toSet());
    return new Lookup.Known(
        new Key(
            KeyId.parse("1aB3cD4eF5gH"),
            brand + "_live_",
            organisation(),
            "wks_1",
            scopes.isEmpty() ? Scopes.NONE : catalogue.grant(scopes),
            KeyState.ACTIVE,
            0,
            Key.NEVER,
            AddressList.UNRESTRICTED,
            limit,
            null,
            null));
  }

  private Session session(Role role) {
    var catalogues = server.apis().stream().collect(Collectors.toMap(Api::name, Api::scopes));
    return new Session(
        "ses_1",
        "per_1",
        "ada@example.com",
        organisation(),
        "wks_1",
        role,
        new RoleScopes(ScopeCatalogues.of(catalogues)).of(role),
        limit,
        Long.MAX_VALUE,
        new Presence(Long.MAX_VALUE, 0));
  }

  private Organisation organisation() {
    return new Organisation(
        "org_1", new Organisation.Standing(false, limit, AddressList.UNRESTRICTED));
  }
}
