package dev.keyreeve.directdebit.collector.serviceuser;

import dev.keyreeve.platform.cipher.SealedColumn;
import java.util.List;

/// What is sealed of service users, and of what is exchanged with their schemes. It belongs to the
/// server, for a service user may collect for many workspaces.
public final class SealedColumns {
  /// The account that is credited.
  public static final SealedColumn ACCOUNT =
      SealedColumn.ofServer("service_user", "sealed_account", "id");

  /// The bytes of a submission.
  public static final SealedColumn SUBMISSION =
      SealedColumn.ofServer("submission", "sealed_file", "id");

  /// The bytes of a report.
  public static final SealedColumn REPORT =
      SealedColumn.ofServer("report_file", "sealed_file", "id");

  /// The payer's account in the books of the sandbox bank.
  public static final SealedColumn BANK_INSTRUCTION =
      SealedColumn.ofServer("bank_instruction", "sealed_account", "service_user_id", "reference");

  /// What the sandbox bank will report.
  public static final SealedColumn BANK_REPORT =
      SealedColumn.ofServer("bank_report", "sealed_what", "id");

  /// What lets the server act at GoCardless.
  public static final SealedColumn GOCARDLESS_TOKEN =
      SealedColumn.ofServer("gocardless_account", "sealed_token", "service_user_id");

  /// What GoCardless signs with.
  public static final SealedColumn GOCARDLESS_SECRET =
      SealedColumn.ofServer("gocardless_account", "sealed_webhook_secret", "service_user_id");

  /// What it signed with before, and may still.
  public static final SealedColumn GOCARDLESS_OLDER_SECRET =
      SealedColumn.ofServer("gocardless_account", "sealed_older_webhook_secret", "service_user_id");

  public static final List<SealedColumn> ALL =
      List.of(
          ACCOUNT,
          SUBMISSION,
          REPORT,
          BANK_INSTRUCTION,
          BANK_REPORT,
          GOCARDLESS_TOKEN,
          GOCARDLESS_SECRET,
          GOCARDLESS_OLDER_SECRET);

  private SealedColumns() {}
}
