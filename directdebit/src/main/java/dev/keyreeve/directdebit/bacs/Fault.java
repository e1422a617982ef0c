package dev.keyreeve.directdebit.bacs;

/// What is wrong with a line of a file. The words repeat nothing that the file says of a payer.
///
/// @param line counted from 1
public record Fault(int line, String problem) {

  @Override
  public String toString() {
    return "line " + line + ": " + problem;
  }
}
