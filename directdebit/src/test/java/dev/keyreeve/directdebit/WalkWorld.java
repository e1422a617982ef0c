package dev.keyreeve.directdebit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.model.Broken;
import dev.keyreeve.directdebit.model.Seen;
import dev.keyreeve.directdebit.model.WorkspaceModel;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What a walk goes through: workspaces that collect by one service user, each with its model, a
/// stranger to them, and one clock.
final class WalkWorld implements AutoCloseable {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final JsonMapper json = new JsonMapper();

  final TestRails rails = newRails();
  final List<Tenant> tenants = new ArrayList<>();
  final Workspace stranger;
  final String serviceUser;
  final String serviceUserNumber;
  private final boolean isSandbox;
  private Instant now;

  /// A workspace, and what it must look like.
  record Tenant(Workspace workspace, WorkspaceModel model) {
    String id() {
      return workspace.id();
    }
  }

  /// @param isSandbox whether the sandbox's bank answers; in live workspaces, the walk itself does
  WalkWorld(boolean isSandbox, int workspaces, LocalDate begins) {
    this.isSandbox = isSandbox;
    var world = rails.world;
    world.noonOf(begins);
    now = world.instant();
    for (int i = 0; i < workspaces; i++) {
      var name = "Lettings " + (i + 1);
      var workspace = isSandbox ? world.workspace(name) : world.liveWorkspace(name);
      tenants.add(new Tenant(workspace, new WorkspaceModel()));
    }
    stranger = world.workspace("Stranger");
    serviceUser =
        isSandbox ? "sun_" + tenants.getFirst().id().substring(4) : ownServiceUser("123456");
    for (int i = 0; i < workspaces; i++) assign(tenants.get(i).workspace(), i % 2 == 1);
    serviceUserNumber =
        rails.owners("select number from service_user where id = '" + serviceUser + "'").getFirst();
  }

  /// One after another: the databases of a cluster have their roles in common.
  private static synchronized TestRails newRails() {
    return new TestRails();
  }

  private String ownServiceUser(String number) {
    return rails
        .operate(
            "serviceUsers.create",
            """
            {'number': '%s', 'name': 'Lettings', 'sort_code': '20-00-00',
             'account_number': '87654321'}
            """
                .formatted(number))
        .value()
        .path("id")
        .asText();
  }

  private void assign(Workspace workspace, boolean shifts) {
    rails
        .operate(
            "serviceUsers.assign",
            "{'id': '%s', 'service_user_id': '%s', 'notice_days': 3, 'on_hold': '%s'}"
                .formatted(workspace.id(), serviceUser, shifts ? "shift" : "skip"))
        .value();
  }

  boolean isSandbox() {
    return isSandbox;
  }

  Instant now() {
    return now;
  }

  LocalDate today() {
    return now.atZone(LONDON).toLocalDate();
  }

  /// Lets time pass, and everything happen that belongs into it.
  void pass(Duration time) {
    now = now.plus(time);
    if (isSandbox) {
      var workspace = tenants.getFirst().workspace();
      rails.operate(workspace, "sandbox.advanceTo", "{'instant': '%s'}".formatted(now)).value();
    } else {
      rails.world.advance(time);
      rails.rails.moments().look(now);
      var stands =
          rails
              .world
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("select moments_until from service_user where id = :id")
                          .bind("id", serviceUser)
                          .mapTo(Instant.class)
                          .one());
      Broken.unless(
          stands.isAfter(now.minus(Duration.ofDays(1))),
          () -> "the service user's day stands still at " + stands);
    }
  }

  /// Calls what only people or the command line may.
  Answer operate(Tenant tenant, String procedure, String input) {
    return rails.operate(tenant.workspace(), procedure, input);
  }

  /// Reads on in the log of a workspace, and has its model follow.
  ///
  /// @return what it tells of mandates, collections and claims
  List<Seen> readLog(Tenant tenant) {
    var events =
        rails
            .world
            .tenancy()
            .read(
                tenant.id(),
                now,
                tx ->
                    tx.query(
                            """
                            select seq, type, subject_id, origin, reason_code, parent_seq,
                                   occurred_at, snapshot::text as snapshot
                            from event where workspace_id = :workspace and seq > :seq
                            order by seq
                            """)
                        .bind("seq", tenant.model().seq())
                        .map(
                            (row, _) ->
                                new Seen(
                                    row.getLong("seq"),
                                    row.getString("type"),
                                    row.getString("subject_id"),
                                    row.getString("origin"),
                                    row.getString("reason_code"),
                                    row.getObject("parent_seq", Long.class),
                                    row.getTimestamp("occurred_at").toInstant(),
                                    parse(row.getString("snapshot"))))
                        .list());
    tenant.model().see(events);
    return events.stream().filter(Seen::isOfModel).toList();
  }

  private static JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    rails.close();
  }
}
