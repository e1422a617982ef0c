package dev.keyreeve.platform.tenancy;

import dev.keyreeve.access.subject.Reach;
import org.jdbi.v3.core.statement.SqlStatement;

/// The rows that a reach includes, as a condition of SQL. A store puts it into the statement that
/// looks a row up, so that what lies outside is not found, rather than found and refused.
///
/// This is where a reach becomes part of a statement: a caller who is held to some rows of a
/// workspace is held to them here, and by that in every list, search, count and link.
public record Within(Reach reach) {

  /// Where everything is included.
  public static final Within EVERYTHING = new Within(new Reach.Everywhere());

  /// Holds for rows that are included. What it names is bound by [#bind].
  ///
  /// @param column holds the id of the row's workspace, such as `k.workspace_id`
  public String workspace(String column) {
    return switch (reach) {
      case Reach.Nowhere _ -> "false";
      case Reach.OneWorkspace _ -> column + " = :reachedWorkspace";
      case Reach.Everywhere _ -> "true";
    };
  }

  /// Binds what [#workspace] names.
  public <S extends SqlStatement<S>> S bind(S statement) {
    return reach instanceof Reach.OneWorkspace(_, var workspace)
        ? statement.bind("reachedWorkspace", workspace)
        : statement;
  }
}
