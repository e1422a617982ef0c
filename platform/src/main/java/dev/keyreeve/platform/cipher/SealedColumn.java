package dev.keyreeve.platform.cipher;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A column of sealed values.
///
/// @param key the columns that name a row in its [Cell]; for a table of workspaces `id`, a text
/// @param ofWorkspaces whether each row names its workspace in `workspace_id`; other rows belong to
///   the server
public record SealedColumn(String table, String name, List<String> key, boolean ofWorkspaces) {
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z]+(_[a-z]+)*");
  private static final List<String> ID = List.of("id");

  public SealedColumn {
    key = List.copyOf(key);
    if (key.isEmpty() || (ofWorkspaces && !key.equals(ID))) {
      throw new IllegalArgumentException("no key of such a table: " + key);
    }
    if (!Stream.concat(Stream.of(table, name), key.stream())
        .allMatch(identifier -> IDENTIFIER.matcher(identifier).matches())) {
      throw new IllegalArgumentException("not an identifier in " + table + "." + name);
    }
  }

  /// In a table of workspaces.
  public static SealedColumn ofWorkspaces(String table, String name) {
    return new SealedColumn(table, name, ID, true);
  }

  /// In a table of the server's own.
  public static SealedColumn ofServer(String table, String name, String... key) {
    return new SealedColumn(table, name, List.of(key), false);
  }

  /// The place of a row's value.
  ///
  /// @param row what the columns of the key hold, in their order; none but the last has a `/` in it
  public Cell cell(String... row) {
    if (row.length != key.size()) throw new IllegalArgumentException("not a row of " + this);
    return new Cell(table, name, String.join("/", row));
  }

  /// The place of the value in a row that is told by [#rowExpression].
  public Cell cellOf(String row) {
    return new Cell(table, name, row);
  }

  /// What names a row, as an SQL expression.
  public String rowExpression() {
    return ofWorkspaces ? "id" : "concat_ws('/', " + String.join(", ", key) + ")";
  }

  /// Which rows are meant, as an SQL condition on the parameter `workspace`: those of a workspace,
  /// or, where it is empty, those of the server.
  public String rowCondition() {
    return ofWorkspaces ? "workspace_id = :workspace" : ":workspace = ''";
  }

  @Override
  public String toString() {
    return table + "." + name;
  }
}
