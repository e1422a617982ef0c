package dev.keyreeve.identity.session;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Who;
import dev.keyreeve.identity.member.Membership;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import java.util.List;

/// Who is signed in, where, and where else they could be.
///
/// @param csrfToken to be sent as `X-CSRF-Token` with every call that is not a GET
/// @param endsAt when the session is over, however much it is used
@SnakeCase
record SignedIn(
    String id,
    Who person,
    String organisationId,
    String workspaceId,
    Role role,
    List<Scope> scopes,
    String csrfToken,
    Instant endsAt,
    List<Belonging> memberships) {

  @SnakeCase
  record Who(String id, String email, String name) {}

  @SnakeCase
  record Belonging(
      String organisationId, String organisationName, Role role, List<Place> workspaces) {
    static Belonging of(Membership membership) {
      return new Belonging(
          membership.organisation(),
          membership.organisationName(),
          membership.role(),
          membership.workspaces().stream()
              .map(place -> new Place(place.id(), place.name(), place.environment()))
              .toList());
    }
  }

  @SnakeCase
  record Place(String id, String name, Environment environment) {}
}
