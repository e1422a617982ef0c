package dev.keyreeve.identity.key;

import static dev.keyreeve.platform.TestPlatform.BRAND;
import static dev.keyreeve.platform.TestPlatform.done;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Issue;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where tests manage keys: the operators' procedures in an organisation of its own, called by the
/// command line unless said otherwise, and the answers that calls with the keys would get. The
/// platform's clock begins anew.
final class KeyDesk {
  private static final JsonMapper json =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
  private static final String ADDRESS = "192.0.2.1";

  private final TestIdentity platform;
  private final Map<KeyId, KeyUses.Use> uses = new HashMap<>();
  private final OrganisationView organisation;
  private final AccessCheck access;
  private final Map<String, Procedure<?, ?>> procedures;

  KeyDesk(TestIdentity platform) {
    this.platform = platform;
    platform.clock().set(TestPlatform.START);
    organisation = platform.organisation();
    access = new AccessCheck(platform.meter());
    var keys =
        new Keys(
            platform.database().jdbi(),
            platform.changes(),
            platform.peppers(),
            TestPlatform.catalogues(),
            (_, _) -> uses,
            new SecureRandom());
    procedures =
        new KeyProcedures(keys, platform.tenancy())
            .procedures().stream().collect(Collectors.toMap(Procedure::name, Function.identity()));
  }

  TestIdentity platform() {
    return platform;
  }

  String workspace() {
    return organisation.workspaceId();
  }

  Instant now() {
    return platform.clock().instant();
  }

  /// Lets time pass, and waits until the node has read the log at the new time.
  void advance(Duration by) {
    platform.clock().advance(by);
    platform
        .database()
        .jdbi()
        .useHandle(handle -> handle.execute("select pg_notify('keyreeve_access', '')"));
    Until.isTrue(
        () -> platform.directory().lookup("none", now().toEpochMilli()) instanceof Lookup.Unknown);
  }

  Caller operator() {
    return new Caller(
        new CommandLine(), Spending.unmetered(), Address.parse("127.0.0.1"), "req_test");
  }

  /// Somebody who is signed in to the workspace, whose role carries these scopes.
  Caller session(Scope... scopes) {
    var anyKey = done(issue("{'name':'any','scopes':['things:read']}"));
    var subject = key(anyKey).organisation();
    move(anyKey, "delete");
    var session =
        new Session(
            "ses_1",
            "per_sam",
            "sam@example.com",
            subject,
            workspace(),
            Role.ADMIN,
            Objects.requireNonNull(TestPlatform.catalogues().get(BRAND)).grant(Set.of(scopes)),
            Limit.of(platform.meter().allocate(), 0, 600),
            Long.MAX_VALUE,
            new Presence(Long.MAX_VALUE, 0));
    return new Caller(session, Spending.unmetered(), Address.parse("127.0.0.1"), "req_test");
  }

  // Calls

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The test knows what it asks.
  <O> Outcome<O> call(String procedure, Caller caller, String input) {
    return (Outcome<O>)
        platform.call(Objects.requireNonNull(procedures.get(procedure)), caller, input);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // The test knows what it asks.
  <O> Outcome<O> call(String procedure, Caller caller, String input, IssuedKey of) {
    return call(procedure, caller, input.formatted(of.details().id()));
  }

  /// What is wrong with the form of an input.
  List<Issue> issues(String procedure, String input) {
    try {
      var decoded =
          Objects.requireNonNull(procedures.get(procedure)).input().decode(json.readTree(input));
      if (decoded instanceof Decoded.Invalid<?>(var issues)) return issues;
      throw new AssertionError("the input has the right form: " + input);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param input without the workspace, unless it is another one
  Outcome<IssuedKey> issue(String input) {
    return call("keys.issue", operator(), withWorkspace(input));
  }

  private String withWorkspace(String input) {
    return input.contains("'workspace_id'")
        ? input
        : "{'workspace_id':'" + workspace() + "'," + input.substring(1);
  }

  Outcome<ChangedKey> update(IssuedKey issued, String fields) {
    return call("keys.update", operator(), "{'id':'%s'," + fields + "}", issued);
  }

  Outcome<RenewedKey> renew(String how, IssuedKey issued, String fields) {
    return call(
        "keys." + how,
        operator(),
        "{'id':'" + issued.details().id() + "'" + (fields.isEmpty() ? "" : ",") + fields + "}");
  }

  Outcome<KeyView> get(IssuedKey issued) {
    return call("keys.get", operator(), "{'id':'%s'}", issued);
  }

  KeyActivity activity(IssuedKey issued) {
    return done(this.<KeyActivity>call("keys.activity", operator(), "{'id':'%s'}", issued));
  }

  KeyProcedures.KeyPage list(String fields, @Nullable String cursor) {
    var input =
        withWorkspace("{" + fields + (cursor == null ? "" : ",'cursor':'" + cursor + "'") + "}");
    return done(this.<KeyProcedures.KeyPage>call("keys.list", operator(), input));
  }

  RevokedKeys revokeMany(String fields) {
    return done(refusedRevokeMany(fields));
  }

  Outcome<RevokedKeys> refusedRevokeMany(String fields) {
    return call("keys.revokeMany", operator(), withWorkspace("{" + fields + "}"));
  }

  /// Does to a key what a word says.
  ///
  /// @return null if nobody did it but time
  @Nullable Outcome<?> move(IssuedKey issued, String move) {
    return switch (move) {
      case "activate" -> update(issued, "'is_active':true");
      case "deactivate" -> update(issued, "'is_active':false");
      case "rename" -> update(issued, "'name':'renamed'");
      case "extend" -> update(issued, "'expires_on':'2027-03-01'");
      case "revoke", "delete" -> call("keys." + move, operator(), "{'id':'%s'}", issued);
      case "regenerate", "rotate" -> renew(move, issued, "");
      case "expire" -> {
        advance(Duration.ofHours(1));
        yield null;
      }
      case "begin" -> {
        advance(Duration.ofMinutes(10));
        yield null;
      }
      default -> throw new IllegalArgumentException(move);
    };
  }

  /// A key that ends in an hour, in this state.
  IssuedKey keyIn(String state) {
    var notBefore =
        state.equals("scheduled")
            ? ",'not_before':'" + now().plus(Duration.ofMinutes(10)) + "'"
            : "";
    var issued =
        done(
            issue(
                "{'name':'x','scopes':['things:read'],'expires_at':'"
                    + now().plus(Duration.ofHours(1))
                    + "'"
                    + notBefore
                    + "}"));
    switch (state) {
      case "inactive" -> move(issued, "deactivate");
      case "expired" -> move(issued, "expire");
      case "revoked" -> move(issued, "revoke");
      case "deleted" -> move(issued, "delete");
      case "active", "scheduled" -> {}
      default -> throw new IllegalArgumentException(state);
    }
    return issued;
  }

  /// A key of another organisation.
  IssuedKey foreignKey() {
    var other = platform.organisation().workspaceId();
    return done(issue("{'workspace_id':'" + other + "','name':'x','scopes':['things:read']}"));
  }

  /// As if it had been used once, now.
  void used(IssuedKey issued, String address) {
    uses.put(
        KeyId.parse(issued.details().id()),
        new KeyUses.Use(1, now(), Address.parse(address), Map.of(1, now())));
  }

  // What came of it

  String text(IssuedKey issued) {
    return TestIdentity.text(issued.key());
  }

  String text(RenewedKey renewed) {
    return TestIdentity.text(renewed.key());
  }

  /// What decisions know of it.
  Key key(IssuedKey issued) {
    return Objects.requireNonNull(platform.directory().find(KeyId.parse(issued.details().id())));
  }

  String answerTo(IssuedKey issued) {
    return answerTo(text(issued));
  }

  String answerTo(String text) {
    return answerTo(text, ADDRESS);
  }

  /// How a call with this text is answered, paid for if it is admitted.
  String answerTo(String text, String address) {
    var admission =
        access.admit(
            lookup(text),
            new Audience.Keys(BRAND),
            Address.parse(address),
            1,
            now().toEpochMilli());
    return admission instanceof Decision.Denied denied ? words(denied) : "permitted";
  }

  /// How a call with this text would be answered if no limit were spent.
  String standingOf(String text) {
    var lookup = lookup(text);
    if (!(lookup instanceof Lookup.Known)) {
      return words(new Decision.UnknownCredential());
    }
    var permission =
        access.stillPermits(
            lookup,
            new Audience.Keys(BRAND),
            Requirement.anyCaller(),
            Address.parse(ADDRESS),
            now().toEpochMilli());
    return permission instanceof Decision.Denied denied ? words(denied) : "permitted";
  }

  private Lookup lookup(String text) {
    return platform.directory().lookup(text, now().toEpochMilli());
  }

  private static String words(Decision.Denied denied) {
    var problem = Problem.of(denied);
    return problem.code().httpStatus() + " " + problem.reason().word();
  }

  /// Pays for so many calls.
  Spending spend(IssuedKey issued, int calls) {
    var key = key(issued);
    return platform
        .meter()
        .spend(key.limit(), key.organisation().standing().limit(), calls, now().toEpochMilli());
  }

  String stateOf(IssuedKey issued) {
    var row =
        platform
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    KeyStore.find(
                        handle, KeyId.parse(issued.details().id()), Within.EVERYTHING, now()))
            .orElseThrow();
    return row.isHidden() ? "deleted" : row.status().name().toLowerCase(Locale.ROOT);
  }

  /// How many keys the organisation has, hidden ones among them.
  long keys() {
    return count(
        """
        select count(*) from api_key k join workspace w on w.id = k.workspace_id
        where w.organisation_id = :organisation
        """,
        Map.of("organisation", organisation.id()));
  }

  /// How often something is recorded of the organisation.
  long recorded(String action) {
    return count(
        "select count(*) from audit_entry where chain = :organisation and action = :action",
        Map.of("organisation", organisation.id(), "action", action));
  }

  /// How many rows there are, as text, that hold another text.
  long rows(String table, String text) {
    return count(
        "select count(*) from " + table + " t where position(:text in t::text) > 0",
        Map.of("text", text));
  }

  private long count(String sql, Map<String, ?> bindings) {
    return platform
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).bindMap(bindings).mapTo(Long.class).one());
  }
}
