package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Basis.Kind;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Confirmed;
import dev.keyreeve.identity.key.IssuedKey;
import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Each kind of change that forbids something, made on one of two servers.
@Timeout(120)
final class NarrowingTest {
  private static final Scope READ = new Scope("mandates:read");

  /// A change that forbids something which was allowed.
  ///
  /// @param sql run with the id of the key
  /// @param status of a call that meets it
  record Narrowing(String name, Kind touches, String sql, int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Narrowing> NARROWINGS =
      List.of(
          new Narrowing(
              "revoked", Kind.KEY, "update api_key set state = 'revoked' where id = :id", 401),
          new Narrowing(
              "deactivated",
              Kind.KEY,
              "update api_key set state = 'deactivated' where id = :id",
              403),
          new Narrowing(
              "expired",
              Kind.KEY,
              "update api_key set expires_at = created_at where id = :id",
              401),
          new Narrowing(
              "without the scope",
              Kind.KEY,
              "update api_key set scopes = '{collections:read}' where id = :id",
              403),
          new Narrowing(
              "without its secret", Kind.KEY, "delete from api_key_secret where key_id = :id", 401),
          new Narrowing(
              "bound to addresses",
              Kind.KEY,
              "update api_key set addresses = '{203.0.113.0/24}' where id = :id",
              403),
          new Narrowing(
              "of an organisation that is bound to addresses",
              Kind.ORGANISATION,
              """
              update organisation set addresses = '{203.0.113.0/24}'
              where id = (select organisation_id from workspace w
                          join api_key k on k.workspace_id = w.id where k.id = :id)
              """,
              403),
          new Narrowing(
              "of an organisation that is suspended",
              Kind.ORGANISATION,
              """
              update organisation set suspended = true
              where id = (select organisation_id from workspace w
                          join api_key k on k.workspace_id = w.id where k.id = :id)
              """,
              403));

  private static final TestServer ONE = TestServer.start();
  private static final TestServer OTHER = ONE.startAnother();

  @AfterAll
  static void stop() {
    OTHER.close();
    ONE.close();
  }

  @ParameterizedTest
  @FieldSource("NARROWINGS")
  void cutsAStreamAndRefusesACallOnTheOtherServerOnceTheAnswerIsThere(Narrowing narrowing)
      throws IOException {
    var organisation = ONE.organisation("Narrowed", 100_000);
    var key = ONE.key(organisation.workspaceId(), 600, READ);
    var secret = TestServer.secretOf(key);
    try (var here = new EventStream(ONE.port(), secret);
        var there = new EventStream(OTHER.port(), secret)) {
      here.linesUntil("event: connected");
      there.linesUntil("event: connected");

      var confirmed =
          narrow(
              ONE,
              narrowing,
              key.details().id(),
              narrowing.touches() == Kind.KEY ? key.details().id() : organisation.id());

      assertThat(confirmed.nodes()).isEqualTo(2);
      assertThat(statusOfReading(ONE, key)).isEqualTo(narrowing.status());
      assertThat(statusOfReading(OTHER, key)).isEqualTo(narrowing.status());
      for (var stream : List.of(here, there)) {
        assertThat(stream.isOver()).isTrue();
        assertThat(stream.rest()).noneMatch(line -> line.startsWith("id: "));
      }
    }
  }

  private static Confirmed<String> narrow(
      TestServer server, Narrowing narrowing, String key, String touched) {
    return TestServer.done(
        server
            .server()
            .access()
            .changes()
            .change(
                Actor.SYSTEM,
                TestServer.BEGINNING,
                alteration -> {
                  alteration.handle().createUpdate(narrowing.sql()).bind("id", key).execute();
                  alteration.touches(narrowing.touches(), touched);
                  return recorded(alteration);
                }));
  }

  private static Outcome<String> recorded(Alteration alteration) {
    alteration.records(AuditLog.SERVER, "test.changed", new Target("test", "1"), Map.of());
    return Outcome.done("changed");
  }

  private static int statusOfReading(TestServer server, IssuedKey key) {
    return server.get("/dd/v1/mandates?limit=1", TestServer.secretOf(key)).status();
  }
}
