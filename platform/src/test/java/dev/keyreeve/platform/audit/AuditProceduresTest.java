package dev.keyreeve.platform.audit;

import static dev.keyreeve.platform.TestPlatform.done;
import static dev.keyreeve.platform.audit.AuditWorld.CHAIN;
import static dev.keyreeve.platform.audit.AuditWorld.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scopes;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Handler;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Decoded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditProceduresTest {
  private static final JsonMapper json = new JsonMapper();
  private static final Subject OPERATOR = new CommandLine();

  private AuditWorld world;
  private List<Procedure<?, ?>> procedures;

  @BeforeAll
  void write(@TempDir Path folder) {
    world = new AuditWorld(folder);
    procedures = new AuditProcedures(world.trail).procedures();
    world.append(CHAIN, 5);
    world.append(CHAIN, "key.revoked", "key3");
    world.append(OTHER, 4);
  }

  @AfterAll
  void close() {
    world.close();
  }

  private static Session admin(String organisation) {
    var limit = Limit.of(new Meter().allocate(), 0, 600);
    return new Session(
        "ses_1",
        "per_1",
        "ada@example.com",
        new Organisation(
            organisation, new Organisation.Standing(false, limit, AddressList.UNRESTRICTED)),
        "wks_1",
        Role.ADMIN,
        Scopes.NONE,
        limit,
        Long.MAX_VALUE,
        new Presence(Long.MAX_VALUE, 0));
  }

  private Outcome<JsonNode> call(String name, Subject subject, String input) {
    var procedure =
        procedures.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return call(procedure, subject, input);
  }

  private <I, O> Outcome<JsonNode> call(Procedure<I, O> procedure, Subject subject, String input) {
    try {
      var parsed = json.readTree(input.replace('\'', '"'));
      if (!(procedure.input().decode(parsed) instanceof Decoded.Valid<I>(var decoded))
          || !(procedure.handler() instanceof Handler.Answering<I, O> handler)) {
        throw new AssertionError("not an input: " + input);
      }
      var caller =
          new Caller(subject, Spending.unmetered(), Address.parse("127.0.0.1"), "req_test");
      return handler
          .answer(new Call<>(procedure, caller, decoded, parsed, world.now))
          .then(value -> Outcome.done(written(procedure.output().stored(value))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode written(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isForAdministratorsAlone() {
    assertThat(procedures)
        .extracting(Procedure::requirement)
        .containsOnly(Requirement.signedIn(Role.ADMIN));
  }

  @Test
  void showsAPersonTheChainOfTheirOwnOrganisationAlone() {
    var ada = admin(CHAIN);

    assertThat(done(call("audit.list", ada, "{}")).path("items"))
        .hasSize(6)
        .allMatch(entry -> entry.path("chain").asText().equals(CHAIN));
    assertThat(done(call("audit.verify", ada, "{}")).path("chains"))
        .singleElement()
        .isEqualTo(written("{\"chain\":\"org_a\",\"entries\":6,\"signed\":0}"));
    assertThat(done(call("audit.chains", ada, "{}")).path("chains").toString())
        .isEqualTo("[\"org_a\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "audit.list; {'organisation':'%s'}",
        "audit.verify; {'organisation':'%s'}",
        "audit.chains; {'organisation':'%s'}",
        "audit.export; {'chain':'%s'}"
      })
  void answersAPersonForAnotherOrganisationAsForOneThatIsNotThere(String name, String input) {
    var ada = admin(CHAIN);

    var other = call(name, ada, input.formatted(OTHER));

    assertThat(other).isEqualTo(call(name, ada, input.formatted("org_none")));
    assertThat(other).isEqualTo(call(name, ada, input.formatted(AuditLog.SERVER)));
    assertThat(other).isEqualTo(call(name, OPERATOR, input.formatted("org_none")));
    assertThat(((Outcome.Refused<?>) other).problem().reason().word()).isEqualTo("chain_not_found");
    assertThat(call(name, OPERATOR, input.formatted(OTHER))).isInstanceOf(Outcome.Done.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; 10",
        "{'organisation':'org_b'}; 4",
        "{'target':'key3'}; 3",
        "{'organisation':'org_a','target':'key3'}; 2",
        "{'action':'key.revoked'}; 1",
        "{'action':'key.*'}; 10",
        "{'action':'member.*'}; 0",
        "{'actor':'per_1'}; 10",
        "{'actor':'zoë@example.com'}; 10",
        "{'actor':'person'}; 10",
        "{'actor':'operator'}; 0",
        "{'to':'2026-03-02T09:00:00.014Z'}; 1",
        "{'from':'2026-03-02T09:00:00.014Z','to':'2026-03-02T09:00:00.028Z'}; 2"
      })
  void findsEntriesByWhoAndWhatAndWhen(String input, int found) {
    assertThat(done(call("audit.list", OPERATOR, input)).path("items")).hasSize(found);
  }

  @Test
  void pagesFromTheNewestToTheOldestWithoutMissingOrDoublingAny() {
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = done(call("audit.list", OPERATOR, "{'limit':3" + cursor + "}"));
      page.path("items").forEach(entry -> seen.add(entry.path("at").asText()));
      cursor =
          page.has("next_cursor") ? ",'cursor':'" + page.path("next_cursor").asText() + "'" : "";
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void refusesACursorOfAnotherKind() {
    var outcome = call("audit.list", OPERATOR, "{'cursor':'bm9uc2Vuc2U'}");

    assertThat(((Outcome.Refused<?>) outcome).problem().reason().word())
        .isEqualTo("invalid_cursor");
  }
}
