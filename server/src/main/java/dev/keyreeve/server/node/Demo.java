package dev.keyreeve.server.node;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.identity.key.IssueKey;
import dev.keyreeve.identity.key.KeyView;
import dev.keyreeve.identity.key.Keys;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.identity.organisation.Organisations;
import dev.keyreeve.identity.organisation.Plan;
import dev.keyreeve.platform.service.DemoKey;
import dev.keyreeve.platform.service.ServiceDemo;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A sandbox organisation to play with, filled in by each service, and keys for it.
///
/// Secrets are not kept, so each start issues new keys and revokes those of the start before.
///
/// @param shown what each service shows, in the order in which they are listed
public record Demo(String organisation, String workspace, List<Shown> shown) {
  private static final String NAME = "Harbour Lettings (demo)";

  /// High enough to play.
  private static final int CALLS_PER_MINUTE = 60_000;

  private static final int KEY_LIMIT = 600;

  /// @param brand of the service
  /// @param keys their secrets, by their fields
  /// @param facts what else programs read of it
  record Shown(
      String brand, ServiceDemo demo, Map<String, Secret> keys, Map<String, String> facts) {}

  /// Fills in what is not there yet.
  ///
  /// @param services the demo of each service, by its brand
  static Demo of(
      Organisations organisations, Keys keys, Map<String, ServiceDemo> services, Instant now) {
    var organisation = organisation(organisations, now);
    var workspace = organisation.workspaceId();
    var shown = new ArrayList<Shown>();
    services.forEach(
        (brand, demo) -> {
          var facts = demo.seed(workspace, now);
          revoke(keys, workspace, brand, demo.keys(), now);
          var secrets = new LinkedHashMap<String, Secret>();
          for (var key : demo.keys()) {
            secrets.put(key.field(), issue(keys, workspace, brand, key, now));
          }
          shown.add(new Shown(brand, demo, secrets, facts));
        });
    return new Demo(organisation.id(), workspace, List.copyOf(shown));
  }

  /// The key of a field, such as `dd_full`.
  public Secret key(String field) {
    return shown.stream()
        .map(shown -> shown.keys().get(field))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no key " + field));
  }

  /// The keys as people read them, a line each.
  public String keys() {
    var lines = new StringBuilder();
    for (var service : shown) {
      for (var key : service.demo().keys()) {
        lines.append("%-13s  %s\n".formatted(key.label(), key(key.field()).reveal()));
      }
    }
    return lines.toString();
  }

  /// What can be tried, to be printed.
  public String commands(String url) {
    var text = new StringBuilder();
    for (var service : shown) text.append(service.demo().commands(url, service.keys()));
    return text.toString();
  }

  private static OrganisationView organisation(Organisations organisations, Instant now) {
    return organisations.list().stream()
        .filter(organisation -> organisation.name().equals(NAME))
        .findFirst()
        .orElseGet(() -> create(organisations, now));
  }

  private static OrganisationView create(Organisations organisations, Instant now) {
    return done(
        organisations.create(
            NAME, Plan.ENTERPRISE, CALLS_PER_MINUTE, Environment.TEST, Actor.SYSTEM, now));
  }

  private static void revoke(
      Keys keys, String workspace, String brand, List<DemoKey> ours, Instant now) {
    var names = ours.stream().map(DemoKey::name).toList();
    for (var key : keys.list(workspace, now)) {
      boolean isOurs = key.api().equals(brand) && names.contains(key.name());
      if (isOurs && key.status() != KeyView.Status.REVOKED) {
        keys.become(KeyId.parse(key.id()), KeyState.REVOKED, Actor.SYSTEM, now);
      }
    }
  }

  private static Secret issue(Keys keys, String workspace, String brand, DemoKey key, Instant now) {
    var wanted = new IssueKey(workspace, brand, null, key.name(), key.scopes(), KEY_LIMIT, null);
    var secret = done(keys.issue(wanted, Actor.SYSTEM, now)).key();
    return Secret.of(Objects.requireNonNull(secret).reveal());
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var problem) -> throw new IllegalStateException(problem.message());
    };
  }
}
