package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bankaccount.SortCode;
import dev.keyreeve.directdebit.payer.Payer;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mandate whose payer has given authority elsewhere.
///
/// @param reference made up if there is none
/// @param metadata the agent's own, kept and given back
record CreateMandate(
    Payer payer,
    Account bankDetails,
    Evidence evidence,
    @Nullable MandateReference reference,
    @Nullable @Items(max = 20) Map<@Text(max = 40) String, @Text(max = 500) String> metadata,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {

  record Account(
      SortCode sortCode, AccountNumber accountNumber, @Text(max = 140) String accountHolderName) {
    BankDetails details() {
      return new BankDetails(sortCode, accountNumber, accountHolderName);
    }
  }

  /// How it can be shown, years later, that the payer agreed.
  ///
  /// @param document where the agent keeps the form or the recording
  record Evidence(Channel channel, Instant agreedAt, @Nullable @Text(max = 200) String document) {}

  /// Where the payer agreed.
  enum Channel {
    PAPER,
    ONLINE,
    TELEPHONE
  }
}
