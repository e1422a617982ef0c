package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.claim.ClaimNotice;
import dev.keyreeve.directdebit.collection.claim.Claims;
import dev.keyreeve.platform.tenancy.Tenancy;
import java.time.Instant;

/// Something for people to look into, in the sandbox of a made-up letting agent: a payer's bank
/// claims back a rent that was never collected here.
public final class AlertDemo {
  private static final Pence RENT = new Pence(65_000);

  private final Tenancy tenancy;
  private final Claims claims;
  private final Alerts alerts;

  public AlertDemo(Tenancy tenancy, Claims claims, Alerts alerts) {
    this.tenancy = tenancy;
    this.claims = claims;
    this.alerts = alerts;
  }

  /// Tells of the claim, and evaluates the rules as after any report.
  public void seed(String workspace, Instant now) {
    var notice =
        new ClaimNotice(
            "DEMO-CLAIM-1",
            "DEMO-CLAIM-1",
            "HARBOUR-101",
            RENT,
            London.dateOf(now).minusDays(20),
            null,
            null,
            null);
    var raised = new SchemeEvent.ClaimRaised(DdicReason.AMOUNT_OR_DATE_DIFFERS);
    tenancy.across(
        now,
        across ->
            across.in(
                workspace,
                tx -> {
                  var receipt = claims.receive(tx, notice, raised);
                  alerts.afterImport(tx);
                  return receipt;
                }));
  }
}
