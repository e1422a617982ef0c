package dev.keyreeve.platform.cipher;

import java.util.regex.Pattern;

/// A column of sealed values, in a table whose rows name their workspace in `workspace_id`.
///
/// @param id the column that names a row within its workspace, and in its [Cell]
public record SealedColumn(String table, String name, String id) {
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z]+(_[a-z]+)*");

  public SealedColumn {
    for (var identifier : new String[] {table, name, id}) {
      if (!IDENTIFIER.matcher(identifier).matches()) {
        throw new IllegalArgumentException("not an identifier: " + identifier);
      }
    }
  }

  /// In a table whose rows are named by `id`.
  public SealedColumn(String table, String name) {
    this(table, name, "id");
  }

  /// The place of a row's value.
  public Cell cell(String row) {
    return new Cell(table, name, row);
  }

  @Override
  public String toString() {
    return table + "." + name;
  }
}
