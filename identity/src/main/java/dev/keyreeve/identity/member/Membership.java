package dev.keyreeve.identity.member;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Role;
import java.util.List;

/// What a person is to one organisation, with the workspaces that this opens, oldest first.
public record Membership(
    String organisation, String organisationName, Role role, List<Place> workspaces) {

  /// A workspace that a session can stand in.
  public record Place(String id, String name, Environment environment) {}
}
