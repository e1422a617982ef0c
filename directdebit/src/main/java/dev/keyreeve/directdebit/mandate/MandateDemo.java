package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Who;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionAccepted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionRejected;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionSubmitted;
import dev.keyreeve.directdebit.mandate.invite.InviteToken;
import dev.keyreeve.directdebit.mandate.invite.Invites;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox;
import dev.keyreeve.directdebit.mandate.payer.Payer;
import dev.keyreeve.directdebit.mandate.schedule.DayOfMonth;
import dev.keyreeve.directdebit.mandate.schedule.Frequency;
import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Work;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// The tenants of a made-up letting agent, for a sandbox: one mandate or more in each state that
/// people meet, each brought there by the same steps as a real one.
public final class MandateDemo {
  private static final SortCode NO_BANK = new SortCode("000001");

  /// Those whose story is told.
  private static final Actor AGENT =
      new Actor(Who.Kind.KEY, "", "the letting agent's program", Address.UNKNOWN);

  private static final Actor PAYER = new Actor(Who.Kind.ANYONE, "", "the payer", Address.UNKNOWN);

  private final Tenancy tenancy;
  private final MandateMutations mandates;
  private final InviteMutations links;
  private final PayerProcedures payers;
  private final SchemeReports scheme;

  public MandateDemo(
      Tenancy tenancy,
      BankAccounts accounts,
      Invites invites,
      Debits debits,
      PayerMailbox mailbox,
      RandomGenerator random) {
    this.tenancy = tenancy;
    this.mandates = new MandateMutations(tenancy, accounts, debits, random);
    this.links = new InviteMutations(tenancy, invites, debits, mailbox, random);
    this.payers = new PayerProcedures(tenancy, accounts, invites, debits, mailbox, random);
    this.scheme = new SchemeReports(tenancy, accounts, debits, random);
  }

  /// Fills a workspace that has no mandates; leaves any other as it is.
  ///
  /// @return whether it had none
  public boolean seed(String workspace, Instant now) {
    if (tenancy.read(workspace, now, MandateRows::isAny)) return false;

    new Story(workspace, now.truncatedTo(ChronoUnit.HOURS)).tell();
    return true;
  }

  /// What happened in the last three months, in order.
  private final class Story {
    private final String workspace;
    private final Instant now;

    Story(String workspace, Instant now) {
      this.workspace = workspace;
      this.now = now;
    }

    void tell() {
      var amelia = signed(90, new Tenant("101", "Amelia Clarke", "10000001"));
      var rhys = signed(89, new Tenant("102", "Rhys Evans", "10000002"));
      lodged(88, 85, amelia);
      lodged(84, 80, rhys);

      var sofia = new Tenant("103", "Sofia Rossi", "10000003");
      var sofiasLink = invited(75, sofia);
      completed(74, sofia, sofiasLink);
      lodged(73, 69, sofiasLink.mandate().id());

      var hassan = signed(60, new Tenant("104", "Hassan Ali", "10000004"));
      lodged(58, 54, hassan);
      var martha = signed(50, new Tenant("105", "Martha Lindqvist", "10000005"));
      lodged(48, 44, martha);
      reported(20, martha, new InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER));

      var jack = signed(15, new Tenant("106", "Jack Murphy", "10000006"));
      reported(13, jack, new InstructionSubmitted());
      suspended(10, hassan);
      reported(9, jack, new InstructionRejected(AuddisReason.NO_ACCOUNT));

      var tom = new Tenant("107", "Tom Becker", "10000007");
      var tomsLink = invited(6, tom);
      var grace = signed(5, new Tenant("108", "Grace Okafor", "10000008"));
      reported(3, grace, new InstructionSubmitted());
      invited(2, new Tenant("109", "Priya Nair", "10000009"));
      completed(1, tom, tomsLink);
    }

    private MandateId signed(int daysAgo, Tenant tenant) {
      var agreedAt = before(daysAgo).minus(Duration.ofHours(3));
      var input =
          new CreateMandate(
              tenant.payer(),
              tenant.bankDetails(),
              new Evidence(Evidence.Channel.PAPER, agreedAt, "Tenancy agreement, page 7"),
              tenant.reference(),
              tenant.rent(now),
              tenant.metadata(),
              null);
      return done(daysAgo, mandates::create, input).mandate().id();
    }

    private InvitedMandate invited(int daysAgo, Tenant tenant) {
      var input =
          new InviteMandate(
              tenant.payer(),
              tenant.reference(),
              null,
              null,
              tenant.rent(now),
              null,
              tenant.metadata(),
              null);
      return done(daysAgo, links::invite, input);
    }

    private void completed(int daysAgo, Tenant tenant, InvitedMandate invited) {
      var url = Objects.requireNonNull(invited.url()).reveal();
      var token = InviteToken.parse(url.substring(url.indexOf('#') + 1));
      var details = tenant.bankDetails();
      var input =
          new PayerProcedures.SubmitInvite(
              token,
              details.sortCode(),
              details.accountNumber(),
              details.accountHolderName(),
              true);
      require(payers.submit(input, PAYER, "Demo", before(daysAgo)));
    }

    private void suspended(int daysAgo, MandateId id) {
      var reason = new Reason.Given("Rent is paused while the flat is repaired.");
      var until = London.dateOf(now).plusDays(20);
      done(daysAgo, mandates::suspend, new SuspendMandate(id, reason, until, null, null));
    }

    private void lodged(int submitted, int accepted, MandateId id) {
      reported(submitted, id, new InstructionSubmitted());
      reported(accepted, id, new InstructionAccepted());
    }

    private void reported(int daysAgo, MandateId id, SchemeEvent event) {
      var move = scheme.apply(workspace, id, event, before(daysAgo)).orElseThrow();
      if (!(move instanceof Move.Moved)) throw new IllegalStateException(id + ": " + move);
    }

    private <I, O> O done(int daysAgo, Work<I, O> feature, I input) {
      return require(tenancy.write(workspace, AGENT, before(daysAgo), tx -> feature.in(tx, input)));
    }

    private Instant before(int daysAgo) {
      return now.minus(Duration.ofDays(daysAgo));
    }
  }

  private static <T> T require(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var problem) -> throw new IllegalStateException(problem.message());
    };
  }

  /// @param number of the tenancy, in the agent's own system
  private record Tenant(String number, String name, String account) {
    Payer payer() {
      var mailbox = name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT);
      return new Payer("tenancy-" + number, name, EmailAddress.parse(mailbox + "@tenant.example"));
    }

    BankDetails bankDetails() {
      return new BankDetails(NO_BANK, AccountNumber.parse(account), name);
    }

    MandateReference reference() {
      return new MandateReference("HARBOUR-" + number);
    }

    /// Rent on the first of each month, three weeks from now or later; each tenant's is different.
    ScheduleDraft rent(Instant now) {
      long rent = 75_000 + 2_500L * (Long.parseLong(number) - 100);
      var starts = London.dateOf(now).plusWeeks(3);
      return new ScheduleDraft(
          rent, null, Frequency.MONTHLY, new DayOfMonth(1), starts, null, null);
    }

    Map<String, String> metadata() {
      return Map.of("tenancy", number);
    }
  }
}
