package dev.keyreeve.directdebit.collector.serviceuser;

import static dev.keyreeve.directdebit.collector.serviceuser.ServiceUserProcedures.*;
import static dev.keyreeve.procedure.command.Command.command;
import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import dev.keyreeve.platform.tenancy.WorkspaceFlag;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.procedure.command.Word;

/// By whom workspaces collect, on a server's command line.
public final class ServiceUserCommands {
  private static final Table USERS =
      Table.of(
          column("ID", "id"),
          column("SCHEME", "scheme"),
          column("NUMBER", "number"),
          column("NAME", "name"),
          column("ACCOUNT", "last4"),
          column("MAX PENCE", "max_amount"),
          column("WORKSPACES", "workspace_ids"));

  private static final Table COLLECTOR =
      Table.of(
          column("WORKSPACE", "workspace_id"),
          column("SERVICE USER", "service_user_id"),
          column("NOTICE DAYS", "notice_days"),
          column("DORMANCY MONTHS", "dormancy_months"),
          column("MAX RETRIES", "max_retries"),
          column("RETRY DAYS", "retry_days"),
          column("ON HOLD", "on_hold"));

  private ServiceUserCommands() {}

  public static Word group() {
    return Word.group(
        "service-users",
        "Adds and lists service users of Bacs, and says who collects by which.",
        command(
                "assign",
                "Has a workspace collect by a service user, or changes how it collects; what is not"
                    + " named stays.",
                SERVICE_USERS_ASSIGN)
            .with(
                flag(
                    "service_user_id",
                    "ID",
                    "The service user's id, as './keyreeve service-users list' shows it."),
                WorkspaceFlag.of("id"),
                flag("notice_days", "Processing days between an advance notice and its debit."),
                flag(
                    "dormancy_months",
                    "Months without a debit after which banks may drop an instruction."),
                flag("max_retries", "How often a debit is presented again, %s."),
                flag("retry_days", "Processing days between a return and the next presentation."),
                flag(
                    "on_hold",
                    "--on-hold %s",
                    "What becomes of a debit that falls due while its mandate is suspended."))
            .showing(COLLECTOR::facts),
        command("create", SERVICE_USERS_CREATE)
            .with(
                flag("number", "The six digits that Bacs gave."),
                flag("name", "As payers read it on their statements."),
                flag("sort_code", "Of the account that is credited."),
                flag("account_number", "Of the account that is credited."),
                flag("max_amount", "--max-amount PENCE", "Of one debit (default: 10000000)."))
            .showing(USERS::facts),
        command("list", SERVICE_USERS_LIST).listing(USERS));
  }
}
