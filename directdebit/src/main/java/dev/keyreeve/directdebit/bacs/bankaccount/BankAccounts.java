package dev.keyreeve.directdebit.bacs.bankaccount;

import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The rows of bank accounts. Sort code and account number are sealed before they reach one.
public final class BankAccounts {
  /// Where sort code and account number are kept.
  public static final SealedColumn DETAILS =
      SealedColumn.ofWorkspaces("bank_account", "sealed_details");

  private final ModulusCheck check;
  private final FieldCipher cipher;
  private final Fingerprint fingerprint;
  private final RandomGenerator random;

  public BankAccounts(
      ModulusCheck check, FieldCipher cipher, Fingerprint fingerprint, RandomGenerator random) {
    this.random = random;
    this.check = check;
    this.cipher = cipher;
    this.fingerprint = fingerprint;
  }

  public ModulusResult check(SortCode sortCode, AccountNumber accountNumber) {
    return check.check(sortCode, accountNumber);
  }

  /// Keeps a payer's account.
  ///
  /// @return its id
  public String insert(Tx tx, String payerId, BankDetails details) {
    var id = Ulid.generate("bac_", tx.now(), random);
    var text = details.sortCode().digits() + details.accountNumber().reveal();
    tx.update(
            """
            insert into bank_account (id, workspace_id, payer_id, sealed_details, fingerprint,
                                      last4, holder_name, modulus, created_at)
            values (:id, :workspace, :payerId, :sealed, :fingerprint,
                    :last4, :holderName, :modulus, :now)
            """)
        .bind("id", id)
        .bind("payerId", payerId)
        .bind("sealed", cipher.seal(text.getBytes(StandardCharsets.US_ASCII), DETAILS.cell(id)))
        .bind("fingerprint", fingerprint.of("bank_account", tx.workspace(), text))
        .bind("last4", details.accountNumber().last4())
        .bind("holderName", details.accountHolderName())
        .bind(
            "modulus",
            check(details.sortCode(), details.accountNumber()).name().toLowerCase(Locale.ROOT))
        .execute();
    return id;
  }

  /// Those of these accounts that the workspace has, by their ids.
  public Map<String, BankDetails> details(Tx tx, Collection<String> ids) {
    return tx.query(
            """
            select id, sealed_details, holder_name from bank_account
            where workspace_id = :workspace and id = any(:ids)
            """)
        .bindArray("ids", String.class, Set.copyOf(ids))
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("id"),
                    open(
                        row.getString("id"),
                        row.getBytes("sealed_details"),
                        row.getString("holder_name"))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Reads what [#insert] has sealed.
  public BankDetails open(String id, byte[] sealed, String holderName) {
    var text = new String(cipher.open(sealed, DETAILS.cell(id)), StandardCharsets.US_ASCII);
    return new BankDetails(
        new SortCode(text.substring(0, 6)), AccountNumber.ofDigits(text.substring(6)), holderName);
  }
}
