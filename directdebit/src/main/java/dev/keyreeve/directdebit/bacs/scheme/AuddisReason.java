package dev.keyreeve.directdebit.bacs.scheme;

/// Why a bank does not lodge an instruction: the codes of the Automated Direct Debit Instruction
/// Service.
public enum AuddisReason implements SchemeReason {
  CANCELLED_BY_PAYER("1"),
  PAYER_DECEASED("2"),
  ACCOUNT_TRANSFERRED("3"),
  NO_ACCOUNT("5"),
  NO_INSTRUCTION("6"),
  ACCOUNT_CLOSED("B"),
  BRANCH_CHANGED("C"),
  INVALID_ACCOUNT_TYPE("F"),
  DEBITS_REFUSED_ON_ACCOUNT("G"),
  INSTRUCTION_EXPIRED("H"),
  REFERENCE_NOT_UNIQUE("I"),
  CANCELLED_BY_BANK("K"),
  WRONG_PAYER_DETAILS("L"),
  CODE_AND_USER_STATUS_DIFFER("M"),
  DEBITS_REFUSED_AT_BRANCH("N"),
  INVALID_REFERENCE("O"),
  PAYER_NAME_MISSING("P"),
  SERVICE_USER_NAME_MISSING("Q"),
  /// The instruction came back, and nobody knows why.
  UNKNOWN("?");

  private final String code;

  AuddisReason(String code) {
    this.code = "AUDDIS-" + code;
  }

  @Override
  public String code() {
    return code;
  }
}
