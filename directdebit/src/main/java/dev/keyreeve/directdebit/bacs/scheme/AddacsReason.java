package dev.keyreeve.directdebit.bacs.scheme;

/// Why a bank changes or ends a lodged instruction: the codes of the Automated Direct Debit
/// Amendment and Cancellation Service.
public enum AddacsReason implements SchemeReason {
  REFER_TO_PAYER("0"),
  CANCELLED_BY_PAYER("1"),
  PAYER_DECEASED("2"),
  ACCOUNT_TRANSFERRED("3"),
  ACCOUNT_CLOSED("B"),
  /// Moved to another branch of the same bank.
  BRANCH_CHANGED("C"),
  NOTICE_DISPUTED("D"),
  INSTRUCTION_AMENDED("E"),
  REINSTATED("R");

  private final String code;

  AddacsReason(String code) {
    this.code = "ADDACS-" + code;
  }

  @Override
  public String code() {
    return code;
  }
}
