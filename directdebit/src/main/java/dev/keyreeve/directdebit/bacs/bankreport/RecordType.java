package dev.keyreeve.directdebit.bacs.bankreport;

/// What a messaging advice is about, by the letter in its `record-type`.
enum RecordType {
  AMENDMENT("A"),
  /// A file was taken in.
  ACCEPTED("V"),
  /// A file was not taken in.
  REJECTED("R"),
  RETURNED_BY_BACS("N"),
  RETURNED_BY_BANK("D");

  final String letter;

  RecordType(String letter) {
    this.letter = letter;
  }
}
