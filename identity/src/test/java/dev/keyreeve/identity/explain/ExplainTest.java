package dev.keyreeve.identity.explain;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.platform.TestPlatform.READ;
import static dev.keyreeve.platform.TestPlatform.START;
import static dev.keyreeve.platform.TestPlatform.WRITE;
import static dev.keyreeve.platform.TestPlatform.done;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.scope.Scopes;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.identity.access.AccessFeed;
import dev.keyreeve.identity.explain.Explained.Decided;
import dev.keyreeve.identity.explain.Explained.RuleSeen;
import dev.keyreeve.identity.key.IssuedKey;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
  private static final Address HERE = Address.parse("192.0.2.7");

  private final RememberedRequests requests = new RememberedRequests();
  private TestIdentity platform;
  private AccessCheck access;
  private Procedure<ExplainCall, Explained> explain;
  private String workspace;
  private IssuedKey key;

  record Nothing() {}

  @BeforeEach
  @SuppressWarnings("unchecked") // The one procedure is that of these types.
  void start() {
    platform = TestIdentity.start();
    workspace = platform.organisation().workspaceId();
    key = platform.key(workspace, READ);
    access = new AccessCheck(platform.meter());
    var sessions = new SessionDirectory(new Lease(AccessFeed.LEASE, platform.clock()::nanos));
    var credentials =
        new Credentials(
            platform.directory(), sessions, CommandLineToken.random(new SecureRandom()));
    var explainer =
        new Explainer(
            platform.database().jdbi(),
            access,
            credentials,
            () -> List.of(open(), otherApi(), things()));
    explain =
        (Procedure<ExplainCall, Explained>)
            new ExplainProcedures(explainer, requests).procedures().getFirst();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private static Api things() {
    var scopes =
        ScopeCatalogue.of(
            ScopeCatalogue.Entry.scope(READ, "Sees things.", Role.VIEWER),
            ScopeCatalogue.Entry.scope(WRITE, "Changes things.", Role.OPERATOR));
    return new Api(
        "things",
        "Things",
        new Audience.Keys(TestPlatform.BRAND),
        scopes,
        List.of(procedure("things.get", holds(READ)), procedure("things.cancel", holds(WRITE))));
  }

  /// Lets everyone in, and stands before the API that a key is for.
  private static Api open() {
    return new Api(
        "open",
        "Open",
        new Audience.Everyone(),
        ScopeCatalogue.of(),
        List.of(procedure("things.get", Requirement.possession("an invite"))));
  }

  /// Has a procedure of the same name.
  private static Api otherApi() {
    return new Api(
        "other",
        "Other",
        new Audience.People(),
        ScopeCatalogue.of(),
        List.of(
            procedure("things.get", Requirement.signedIn(Role.OWNER)),
            procedure("people.get", Requirement.signedIn(Role.VIEWER))));
  }

  private static Procedure<?, ?> procedure(String name, Requirement requirement) {
    return query(name, requirement, get("/" + name.replace(".", "-")))
        .about("Does something.")
        .takes(Nothing.class)
        .gives(Nothing.class)
        .by(_ -> Outcome.done(new Nothing()));
  }

  private Outcome<Explained> ask(Subject subject, String input) {
    var caller = new Caller(subject, Spending.unmetered(), Address.parse("127.0.0.1"), "req_me");
    return platform.call(explain, caller, input);
  }

  private Decided decided(String procedure) {
    var input =
        "{'key_id':'%s','procedure':'%s','address':'%s'}"
            .formatted(key.details().id(), procedure, HERE);
    return Objects.requireNonNull(only(ask(new CommandLine(), input)).decision());
  }

  private static Explained.Item only(Outcome<Explained> outcome) {
    return done(outcome).calls().getFirst();
  }

  private static String refusal(Outcome<?> outcome) {
    return ((Outcome.Refused<?>) outcome).problem().reason().word();
  }

  private void become(KeyState state) {
    done(platform.keys().become(KeyId.parse(key.details().id()), state, Actor.SYSTEM, START));
  }

  @Test
  void tellsEveryRuleOfACallThatWouldBePermitted() {
    var decided = decided("things.get");

    assertThat(decided.permitted()).isTrue();
    assertThat(decided.at()).isEqualTo(START);
    assertThat(decided.rules())
        .allMatch(RuleSeen::holds)
        .extracting(RuleSeen::rule)
        .contains("credential", "revocation", "key_addresses", "limits", "requirement");
    assertThat(decided.rules())
        .anyMatch(rule -> rule.rule().equals("key_addresses") && rule.saw().contains("192.0.2.7"));
  }

  @Test
  void namesTheRuleThatRefusesAndWhatItSaw() {
    var decided = decided("things.cancel");

    assertThat(decided)
        .extracting(Decided::permitted, Decided::status, Decided::reason)
        .containsExactly(false, 403, "insufficient_scope");
    assertThat(decided.rules())
        .filteredOn(rule -> !rule.holds())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.rule()).isEqualTo("requirement");
              assertThat(rule.saw()).contains("things:read", "things:write");
              assertThat(rule.reason()).isEqualTo("insufficient_scope");
            });
  }

  @Test
  void followsWhatBecomesOfTheKey() {
    become(KeyState.DEACTIVATED);
    assertThat(decided("things.get").reason()).isEqualTo("key_disabled");

    become(KeyState.REVOKED);
    assertThat(decided("things.get").reason()).isEqualTo("key_revoked");
  }

  @Test
  void decidesOfTwoProceduresOfOneNameAboutTheOneThatTheKeyIsFor() {
    assertThat(decided("things.get").permitted()).isTrue();
    assertThat(decided("people.get").reason()).isEqualTo("wrong_key_type");
  }

  @Test
  void answersForTheInstantThatIsAskedAbout() {
    platform
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update api_key set expires_at = ? where id = ?",
                    START.plusSeconds(60).atOffset(ZoneOffset.UTC),
                    key.details().id()));
    become(KeyState.DEACTIVATED);
    become(KeyState.ACTIVE);
    var input = "{'key_id':'%s','procedure':'things.get','at':'%s'}";

    var before = input.formatted(key.details().id(), START.plusSeconds(59));
    var after = input.formatted(key.details().id(), START.plusSeconds(60));

    assertThat(Objects.requireNonNull(only(ask(new CommandLine(), before)).decision()).permitted())
        .isTrue();
    assertThat(Objects.requireNonNull(only(ask(new CommandLine(), after)).decision()).reason())
        .isEqualTo("key_expired");
  }

  @Test
  void spendsNothing() {
    for (int i = 0; i < 200; i++) assertThat(decided("things.get").permitted()).isTrue();

    var known = Objects.requireNonNull(platform.directory().find(KeyId.parse(key.details().id())));
    var admission =
        access.admit(
            new Lookup.Known(known),
            new Audience.Keys(TestPlatform.BRAND),
            HERE,
            60,
            START.toEpochMilli());

    assertThat(admission).isInstanceOf(Decision.Admitted.class);
    assertThat(decided("things.get").reason()).isEqualTo("rate_limited");
  }

  @Test
  void showsAPersonNothingOfAnotherWorkspaceNotEvenThatItIsThere() {
    var input = "{'key_id':'%s','procedure':'things.get'}";
    var own = viewer(workspace);
    var stranger = viewer(platform.organisation().workspaceId());

    var foreign = ask(stranger, input.formatted(key.details().id()));

    assertThat(ask(own, input.formatted(key.details().id()))).isInstanceOf(Outcome.Done.class);
    assertThat(foreign).isEqualTo(ask(stranger, input.formatted("000000000000")));
    assertThat(refusal(foreign)).isEqualTo("key_not_found");
    assertThat(explain.requirement()).isEqualTo(Requirement.signedIn(Role.VIEWER));
  }

  @Test
  void refusesAProcedureThatIsNotThere() {
    var input = "{'key_id':'%s','procedure':'things.melt'}".formatted(key.details().id());

    assertThat(refusal(ask(new CommandLine(), input))).isEqualTo("procedure_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'procedure':'things.get'}",
        "{'key_id':'000000000000'}",
        "{'request_id':'req_1','key_id':'000000000000','procedure':'things.get'}",
        "{'request_id':'req_1','at':'2026-03-02T09:00:00Z'}"
      })
  void refusesAnInputThatNamesNeitherOrBoth(String input) {
    assertThatThrownBy(() -> ask(new CommandLine(), input)).hasMessageStartingWith("not an input");
  }

  // by request

  private SeenCall seen(
      @Nullable String procedure, int secret, String outcome, @Nullable String reason) {
    return new SeenCall(
        START.minusSeconds(5),
        workspace,
        KeyId.parse(key.details().id()),
        secret,
        null,
        HERE,
        procedure,
        outcome,
        reason,
        1);
  }

  @Test
  void tellsWhatWasRecordedBesideWhatWouldBeDecidedNow() {
    requests.remember("req_1", seen("things.get", 1, "ok", null));
    become(KeyState.REVOKED);

    var item = only(ask(viewer(workspace), "{'request_id':'req_1'}"));

    var recorded = Objects.requireNonNull(item.recorded());
    assertThat(recorded.outcome()).isEqualTo("ok");
    assertThat(recorded.at()).isEqualTo(START.minusSeconds(5));
    assertThat(recorded.address()).isEqualTo("192.0.2.7");
    assertThat(Objects.requireNonNull(item.decision()).reason()).isEqualTo("key_revoked");
  }

  @Test
  void knowsThatASecretNoLongerProvesItsKey() {
    requests.remember("req_1", seen("things.get", 7, "ok", null));

    var item = only(ask(new CommandLine(), "{'request_id':'req_1'}"));

    assertThat(Objects.requireNonNull(item.decision()).reason()).isEqualTo("invalid_key");
  }

  @Test
  void tellsOfEachCallOfABatchAndOfOneThatCameToNoProcedure() {
    requests.remember("req_1", seen("things.get", 1, "ok", null));
    requests.remember("req_1", seen("things.cancel", 1, "FORBIDDEN", "insufficient_scope"));
    requests.remember("req_1", seen(null, 1, "NOT_FOUND", "unknown_procedure"));

    var calls = done(ask(new CommandLine(), "{'request_id':'req_1'}")).calls();

    assertThat(calls)
        .extracting(item -> Objects.requireNonNull(item.decision()).permitted())
        .containsExactly(true, false, true);
    assertThat(Objects.requireNonNull(calls.get(2).decision()).rules())
        .extracting(RuleSeen::rule)
        .doesNotContain("requirement");
  }

  @Test
  void showsARequestToThoseOfItsWorkspaceAlone() {
    requests.remember("req_1", seen("things.get", 1, "ok", null));
    var stranger = viewer(platform.organisation().workspaceId());

    var foreign = ask(stranger, "{'request_id':'req_1'}");

    assertThat(foreign).isEqualTo(ask(stranger, "{'request_id':'req_9'}"));
    assertThat(refusal(foreign)).isEqualTo("request_not_found");
  }

  @Test
  void decidesNothingAnewWhereNobodyWasMadeOut() {
    requests.remember(
        "req_1",
        new SeenCall(START, null, null, 0, null, HERE, null, "UNAUTHORIZED", "invalid_key", 1));

    var item = only(ask(new CommandLine(), "{'request_id':'req_1'}"));

    assertThat(Objects.requireNonNull(item.recorded()).reason()).isEqualTo("invalid_key");
    assertThat(item.decision()).isNull();
    assertThat(refusal(ask(viewer(workspace), "{'request_id':'req_1'}")))
        .isEqualTo("request_not_found");
  }

  private Session viewer(String ofWorkspace) {
    var limit = Limit.of(platform.meter().allocate(), 0, 600);
    return new Session(
        "ses_1",
        "per_1",
        "ada@example.com",
        new Organisation(
            "org_1", new Organisation.Standing(false, limit, AddressList.UNRESTRICTED)),
        ofWorkspace,
        Role.VIEWER,
        Scopes.NONE,
        limit,
        Long.MAX_VALUE,
        new Presence(Long.MAX_VALUE, 0));
  }
}
