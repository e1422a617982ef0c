package dev.keyreeve.access.subject;

/// What a subject may know of. Whatever lies outside is answered as if it were not there.
public sealed interface Reach {

  /// Nothing that is a tenant's.
  record Nowhere() implements Reach {}

  /// One workspace, and the organisation that it belongs to.
  record OneWorkspace(String organisation, String workspace) implements Reach {}

  /// Everything on this server.
  record Everywhere() implements Reach {}

  default boolean includesWorkspace(String id) {
    return switch (this) {
      case Nowhere _ -> false;
      case OneWorkspace(_, var workspace) -> workspace.equals(id);
      case Everywhere _ -> true;
    };
  }

  default boolean includesOrganisation(String id) {
    return switch (this) {
      case Nowhere _ -> false;
      case OneWorkspace(var organisation, _) -> organisation.equals(id);
      case Everywhere _ -> true;
    };
  }
}
