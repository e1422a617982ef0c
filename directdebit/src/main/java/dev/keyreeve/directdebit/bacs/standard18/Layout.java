package dev.keyreeve.directdebit.bacs.standard18;

/// Whether all records of a file are processed on one day, which its header names, or each record
/// names its own.
public enum Layout {
  SINGLE_DAY("1 DAILY", 100),
  MULTI_DAY("4 MULTI", 106);

  private final String workCode;
  private final int recordLength;

  Layout(String workCode, int recordLength) {
    this.workCode = workCode;
    this.recordLength = recordLength;
  }

  /// How the user header label says so.
  String workCode() {
    return workCode;
  }

  /// The characters of a data record.
  int recordLength() {
    return recordLength;
  }
}
