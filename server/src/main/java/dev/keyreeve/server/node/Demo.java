package dev.keyreeve.server.node;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.directdebit.DirectDebit;
import dev.keyreeve.identity.key.IssueKey;
import dev.keyreeve.identity.key.KeyView;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.identity.organisation.Plan;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// A sandbox organisation to play with: mandates in several states, and two keys.
///
/// Secrets are not kept, so each start issues new keys and revokes those of the start before.
///
/// @param fullKey has every scope of the direct-debit API
/// @param readKey may only read mandates and collections
public record Demo(String organisation, String workspace, Secret fullKey, Secret readKey) {
  private static final String NAME = "Harbour Lettings (demo)";
  private static final String FULL_KEY = "Demo: everything";
  private static final String READ_KEY = "Demo: read only";

  /// High enough to play.
  private static final int CALLS_PER_MINUTE = 60_000;

  private static final int KEY_LIMIT = 600;

  /// Fills in what is not there yet.
  public static Demo on(Server server) {
    var now = server.clock().instant();
    var organisation = organisation(server, now);
    var workspace = organisation.workspaceId();
    server.directDebit().seedDemo(workspace, now);
    for (var key : server.keys().list(workspace, now)) {
      if (isOurs(key)) {
        server.keys().become(KeyId.parse(key.id()), KeyState.REVOKED, Actor.SYSTEM, now);
      }
    }
    var all = DirectDebit.SCOPES.entries().stream().map(entry -> entry.scope()).toList();
    var reading = List.of(new Scope("mandates:read"), new Scope("collections:read"));
    return new Demo(
        organisation.id(),
        workspace,
        issue(server, workspace, FULL_KEY, all, now),
        issue(server, workspace, READ_KEY, reading, now));
  }

  private static OrganisationView organisation(Server server, Instant now) {
    return server.organisations().list().stream()
        .filter(organisation -> organisation.name().equals(NAME))
        .findFirst()
        .orElseGet(() -> create(server, now));
  }

  private static OrganisationView create(Server server, Instant now) {
    return done(
        server
            .organisations()
            .create(NAME, Plan.ENTERPRISE, CALLS_PER_MINUTE, Environment.TEST, Actor.SYSTEM, now));
  }

  private static boolean isOurs(KeyView key) {
    return (key.name().equals(FULL_KEY) || key.name().equals(READ_KEY))
        && key.status() != KeyView.Status.REVOKED;
  }

  private static Secret issue(
      Server server, String workspace, String name, List<Scope> scopes, Instant now) {
    var wanted = new IssueKey(workspace, DirectDebit.BRAND, null, name, scopes, KEY_LIMIT, null);
    var secret = done(server.keys().issue(wanted, Actor.SYSTEM, now)).key();
    return Secret.of(Objects.requireNonNull(secret).reveal());
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var problem) -> throw new IllegalStateException(problem.message());
    };
  }
}
