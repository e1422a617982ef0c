package dev.keyreeve.directdebit.rail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimRaised;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimWithdrawn;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.DebitRejected;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.DebitReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionAmended;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.Quirk;
import dev.keyreeve.procedure.json.Json;
import java.time.LocalDate;

/// What the bank has planned to report of one record that it took in, with all that the report will
/// need.
///
/// @param serial of the submission that it came in
record BankEntry(
    String serial,
    TransactionCode code,
    String reference,
    BankDetails payer,
    Pence amount,
    LocalDate processingDay,
    LocalDate entryDay,
    BankEvent what) {

  /// The report in which it will be told, as the database spells it.
  String kind() {
    return switch (what) {
      case InstructionReturned _ -> "auddis";
      case InstructionAmended _ -> "addacs";
      case DebitRejected _ -> "input_error";
      case DebitReturned _ -> "arudd";
      case ClaimRaised _, ClaimWithdrawn _ -> "ddica";
    };
  }

  String text() {
    var node =
        Json.object()
            .put("serial", serial)
            .put("code", code.code())
            .put("reference", reference)
            .put("sortCode", payer.sortCode().digits())
            .put("account", payer.accountNumber().reveal())
            .put("holder", payer.accountHolderName())
            .put("amount", amount.amount())
            .put("processingDay", processingDay.toString())
            .put("entryDay", entryDay.toString());
    switch (what) {
      case InstructionReturned(var reason) ->
          node.put("what", "instruction_returned").put("reason", reason.code());
      case InstructionAmended(var reason, var newAccount) -> {
        node.put("what", "instruction_amended").put("reason", reason.code());
        if (newAccount != null) {
          node.put("newSortCode", newAccount.sortCode().digits());
          node.put("newAccount", newAccount.accountNumber().reveal());
        }
      }
      case DebitRejected _ -> node.put("what", "debit_rejected");
      case DebitReturned(var reason, var quirk) ->
          node.put("what", "debit_returned")
              .put("reason", reason.code())
              .put("quirk", quirk.name());
      case ClaimRaised(var reason) -> node.put("what", "claim_raised").put("reason", reason.code());
      case ClaimWithdrawn(var reason) ->
          node.put("what", "claim_withdrawn").put("reason", reason.code());
    }
    return node.toString();
  }

  static BankEntry read(String text) {
    var node = Json.read(text);
    return new BankEntry(
        node.path("serial").asText(),
        TransactionCode.find(node.path("code").asText()).orElseThrow(),
        node.path("reference").asText(),
        new BankDetails(
            new SortCode(node.path("sortCode").asText()),
            AccountNumber.ofDigits(node.path("account").asText()),
            node.path("holder").asText()),
        new Pence(node.path("amount").asLong()),
        LocalDate.parse(node.path("processingDay").asText()),
        LocalDate.parse(node.path("entryDay").asText()),
        what(node));
  }

  private static BankEvent what(JsonNode node) {
    return switch (node.path("what").asText()) {
      case "instruction_returned" -> new InstructionReturned((AuddisReason) reason(node));
      case "instruction_amended" ->
          new InstructionAmended(
              (AddacsReason) reason(node),
              node.has("newSortCode")
                  ? new NewAccount(
                      new SortCode(node.path("newSortCode").asText()),
                      AccountNumber.ofDigits(node.path("newAccount").asText()))
                  : null);
      case "debit_rejected" -> new DebitRejected();
      case "debit_returned" ->
          new DebitReturned((AruddReason) reason(node), Quirk.valueOf(node.path("quirk").asText()));
      case "claim_raised" -> new ClaimRaised((DdicReason) reason(node));
      case "claim_withdrawn" -> new ClaimWithdrawn((DdicReason) reason(node));
      case String other -> throw new IllegalStateException("the bank's books hold " + other);
    };
  }

  private static SchemeReason reason(JsonNode node) {
    return SchemeReason.parse(node.path("reason").asText());
  }
}
