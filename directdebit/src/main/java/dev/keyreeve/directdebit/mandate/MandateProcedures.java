package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.mandate.invite.Invites;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What callers with a key can do with mandates.
public final class MandateProcedures {

  private final MandateQueries queries;
  private final MandateMutations changes;
  private final InviteMutations invites;

  public MandateProcedures(
      Tenancy tenancy,
      BankAccounts accounts,
      Invites invites,
      Debits debits,
      PayerMailbox mailbox,
      RandomGenerator random) {
    this.queries = new MandateQueries(tenancy, accounts, debits);
    this.changes = new MandateMutations(tenancy, accounts, debits, random);
    this.invites = new InviteMutations(tenancy, invites, debits, mailbox, random);
  }

  public List<Procedure<?, ?>> procedures() {
    var all = new ArrayList<Procedure<?, ?>>();
    all.addAll(queries.procedures());
    all.addAll(changes.procedures());
    all.addAll(invites.procedures());
    return all;
  }
}
