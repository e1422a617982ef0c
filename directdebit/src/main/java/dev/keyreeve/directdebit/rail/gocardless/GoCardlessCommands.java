package dev.keyreeve.directdebit.rail.gocardless;

import static dev.keyreeve.directdebit.rail.gocardless.GoCardlessProcedures.*;
import static dev.keyreeve.procedure.command.Command.command;
import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import dev.keyreeve.procedure.command.Flag;
import dev.keyreeve.procedure.command.Refusal;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.procedure.command.Word;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Service users that collect by GoCardless, on a server's command line. Tokens and secrets come
/// from files, since what stands on a command line is seen by others.
public final class GoCardlessCommands {
  private static final Table ACCOUNT =
      Table.of(
          column("ID", "id"),
          column("ENVIRONMENT", "environment"),
          column("WEBHOOKS TO", "webhook_path"),
          column("SECRETS", "webhook_secrets"),
          column("EVENTS READ", "polled_at"),
          column("TROUBLE", "trouble"));

  private static final Table DIFFERENCES =
      Table.of(
          column("KIND", "kind"),
          column("REFERENCE", "reference"),
          column("ID", "id"),
          column("HERE", "here"),
          column("THERE", "there"));

  private static final Flag ID = flag("id", "ID", "Of the service user.");
  private static final Flag TOKEN =
      inFile("access_token", "--token-file FILE", "Holds the access token; for its owner alone.");
  private static final Flag SECRET =
      inFile(
          "webhook_secret",
          "--webhook-secret-file FILE",
          "Holds what GoCardless signs webhooks with; for its owner alone.");

  private GoCardlessCommands() {}

  public static Word group() {
    return Word.group(
        "gocardless",
        "Sets up service users that collect by GoCardless.",
        command("add", SERVICE_USERS_CREATE_GO_CARDLESS)
            .with(
                flag("name", "NAME", "As payers read it on their statements."),
                flag(
                    "environment",
                    "--environment %s",
                    "Which of GoCardless's two the token is for."),
                TOKEN,
                SECRET,
                flag(
                    "creditor", "Which of the account's creditors collects, where it has several."),
                flag("max_amount", "--max-amount PENCE", "Of one debit (default: 10000000)."))
            .showing(ACCOUNT::facts),
        command(
                "compare",
                "Compares mandates and payments with those of GoCardless, and lists what differs.",
                SERVICE_USERS_COMPARE_GO_CARDLESS)
            .with(ID)
            .showing((compared, out) -> DIFFERENCES.rows(compared.path("differences"), out)),
        command(
                "set",
                "Puts another token, another creditor or a newer webhook secret; the secret before"
                    + " it stays good until --forget-older-secret.",
                SERVICE_USERS_SET_GO_CARDLESS)
            .with(
                ID,
                TOKEN,
                SECRET,
                flag("creditor", "Which of the account's creditors collects."),
                flag(
                    "forget_older_secret",
                    "--forget-older-secret <forgets>",
                    "Refuse webhooks that are signed with the older secret."))
            .showing(ACCOUNT::facts),
        command(
                "show",
                "Shows how a service user reaches GoCardless.",
                SERVICE_USERS_GET_GO_CARDLESS)
            .with(ID)
            .showing(ACCOUNT::facts));
  }

  private static Flag inFile(String field, String usage, String about) {
    return flag(field, usage, about)
        .read((texts, input, _) -> input.put(field, secretIn(Path.of(texts.getLast()))));
  }

  private static String secretIn(Path file) throws Refusal {
    try {
      return OwnerOnlyFile.read(file).strip();
    } catch (IllegalStateException open) {
      throw new Refusal(String.valueOf(open.getMessage()));
    } catch (UncheckedIOException unreadable) {
      throw new Refusal("The file " + file + " cannot be read.");
    }
  }
}
