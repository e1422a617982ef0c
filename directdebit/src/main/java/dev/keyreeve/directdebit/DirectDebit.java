package dev.keyreeve.directdebit;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.directdebit.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bankaccount.ModulusCheck;
import dev.keyreeve.directdebit.bankaccount.WeightTable;
import dev.keyreeve.directdebit.mandate.MandateProcedures;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.key.WhoAmI;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Procedure;
import java.util.ArrayList;

/// The direct-debit service: its scopes and its procedures.
public final class DirectDebit {
  /// What its keys begin with.
  public static final String BRAND = "dd";

  public static final ScopeCatalogue SCOPES =
      ScopeCatalogue.of(
          ScopeCatalogue.Entry.scope(
              MandateProcedures.MANDATES_READ, "Read mandates, their status and their history."),
          ScopeCatalogue.Entry.scope(
              MandateProcedures.MANDATES_WRITE,
              "Create, invite to, update, cancel, suspend and reactivate mandates."),
          ScopeCatalogue.Entry.scope(
              new Scope("collections:read"), "Read collections, their schedule and history."),
          ScopeCatalogue.Entry.scope(
              new Scope("alerts:read"), "Read threshold alerts and notifications."),
          ScopeCatalogue.Entry.scope(
              new Scope("alerts:write"), "Acknowledge, dismiss and manage alerts."),
          ScopeCatalogue.Entry.scope(
              new Scope("reports:read"), "Read success-rate, clawback and activity reports."));

  private final Api api;

  public DirectDebit(Tenancy tenancy, FieldCipher cipher, Fingerprint fingerprint) {
    var check = new ModulusCheck(WeightTable.synthetic());
    var mandates = new MandateProcedures(tenancy, new BankAccounts(check, cipher, fingerprint));

    var procedures = new ArrayList<Procedure<?, ?>>();
    procedures.add(WhoAmI.procedure());
    procedures.addAll(mandates.procedures());
    api = new Api(BRAND, "Direct debit", new Audience.Keys(BRAND), SCOPES, procedures);
  }

  public Api api() {
    return api;
  }
}
