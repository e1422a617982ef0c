package dev.keyreeve.platform.cipher;

/// The place of an encrypted value. A value opens only in the cell that it was sealed for, so that
/// whoever can write to the database cannot move one row's secret into another.
public record Cell(String table, String column, String row) {

  byte[] bytes() {
    return Parts.join(table, column, row);
  }
}
