package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.Presentations.Presented;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.mandate.instruction.InstructionKind;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.directdebit.mandate.payer.Contact;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows.About;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends submissions to GoCardless, item by item. No call is made inside a transaction; what comes
/// of an item is written before the next begins.
///
/// A sending that is cut off anywhere goes on from its first item without a result. Its keys are
/// made of the item and the step, so that GoCardless finds what it has made before.
final class SubmissionSender {
  private final Tenancy tenancy;
  private final BankAccounts accounts;
  private final SchemeReports mandates;
  private final Presentations presentations;
  private final Connections connections;
  private final Doubles doubles;

  SubmissionSender(
      Tenancy tenancy,
      BankAccounts accounts,
      SchemeReports mandates,
      Presentations presentations,
      Connections connections,
      Doubles doubles) {
    this.tenancy = tenancy;
    this.accounts = accounts;
    this.mandates = mandates;
    this.presentations = presentations;
    this.connections = connections;
    this.doubles = doubles;
  }

  /// Sends the items of a submission that have no result yet.
  ///
  /// @return whether every item has one
  boolean send(
      ServiceUser user,
      String submission,
      GoCardlessAccount account,
      GoCardlessClient client,
      InstantSource clock) {
    return new Sending(user, submission, account, client, clock).toTheEnd();
  }

  /// Something of a submission that GoCardless is to be asked for.
  private sealed interface Pending {
    String workspace();

    /// Whose lock everything of it is changed under.
    String mandate();

    record Lodge(
        String id,
        String workspace,
        String mandate,
        String reference,
        Contact payer,
        BankDetails details)
        implements Pending {}

    /// @param mandateRef of the mandate that ends; null while GoCardless has not been asked for it
    /// @param comesLater whether it is still to be asked for it
    record Withdraw(
        String id,
        String workspace,
        String mandate,
        @Nullable ResourceId mandateRef,
        boolean comesLater)
        implements Pending {}

    /// @param again whether the debit has been presented before
    /// @param mandateRef null if GoCardless knows no such mandate
    record Present(
        String id,
        String workspace,
        String mandate,
        boolean again,
        String reference,
        @Nullable ResourceId mandateRef,
        Pence amount,
        LocalDate entryDay)
        implements Pending {}
  }

  /// What came of an item.
  private enum Ending {
    ENDED,
    /// It waits for another item, which belongs to another submission.
    WAITS,
    /// Further calls would come to nothing too.
    STOPPED
  }

  /// What has become of the payments by which a debit was presented before.
  private sealed interface Earlier {
    record Over() implements Earlier {}

    /// @param takeUp has the debit know that it is
    record UnderWay(Consumer<Tx> takeUp) implements Earlier {}

    /// GoCardless does not say.
    record Unknown() implements Earlier {}
  }

  private final class Sending {
    private final ServiceUser user;
    private final String submission;
    private final GoCardlessAccount account;
    private final GoCardlessClient client;
    private final InstantSource clock;

    Sending(
        ServiceUser user,
        String submission,
        GoCardlessAccount account,
        GoCardlessClient client,
        InstantSource clock) {
      this.user = user;
      this.submission = submission;
      this.account = account;
      this.client = client;
      this.clock = clock;
    }

    boolean toTheEnd() {
      boolean isWhole = true;
      for (var item : pending()) {
        switch (end(item)) {
          case ENDED -> connections.succeeded(account, clock.instant());
          case WAITS -> isWhole = false;
          case STOPPED -> {
            return false;
          }
        }
      }
      return isWhole;
    }

    private List<Pending> pending() {
      return tenancy.across(
          clock.instant(),
          across -> {
            var items = new ArrayList<Pending>();
            for (var workspace : ServiceUsers.workspaces(across.handle(), user.id())) {
              items.addAll(
                  across.in(
                      workspace,
                      tx -> {
                        var own = new ArrayList<>(instructions(tx));
                        own.addAll(debits(tx));
                        return own;
                      }));
            }
            return items;
          });
    }

    /// Withdrawals before what is lodged anew under the same mandate.
    private List<Pending> instructions(Tx tx) {
      return tx.query(
              """
              select i.id, i.mandate_id, i.kind, m.reference, p.name, p.email, p.contact_stopped_at,
                     b.id as account_id, b.sealed_details, b.holder_name,
                     coalesce(i.provider_ref,
                              (select l.provider_ref from instruction l
                               where l.workspace_id = :workspace and l.mandate_id = i.mandate_id
                                 and l.kind = 'lodge' and l.submission_id < i.submission_id
                               order by l.submission_id desc limit 1)) as mandate_ref,
                     exists (select from instruction l
                             where l.workspace_id = :workspace and l.mandate_id = i.mandate_id
                               and l.kind = 'lodge' and l.submission_id < i.submission_id
                               and l.status = 'submitted' and l.provider_ref is null) as comes_later
              from instruction i
              join mandate m on m.workspace_id = :workspace and m.id = i.mandate_id
              join payer p on p.workspace_id = :workspace and p.id = m.payer_id
              join bank_account b on b.workspace_id = :workspace and b.id = i.bank_account_id
              where i.workspace_id = :workspace and i.submission_id = :submission
                and i.status = 'submitted' and (i.kind = 'withdraw' or i.provider_ref is null)
              order by i.mandate_id, i.kind desc, i.id
              """)
          .bind("submission", submission)
          .map((row, _) -> instruction(tx.workspace(), row))
          .list();
    }

    private Pending instruction(String workspace, ResultSet row) throws SQLException {
      var id = row.getString("id");
      var mandate = row.getString("mandate_id");
      if (InstructionKind.parse(row.getString("kind")) == InstructionKind.WITHDRAW) {
        return new Pending.Withdraw(
            id, workspace, mandate, ref(row, "mandate_ref"), row.getBoolean("comes_later"));
      }
      var email = row.getString("email");
      boolean isStopped = row.getTimestamp("contact_stopped_at") != null;
      return new Pending.Lodge(
          id,
          workspace,
          mandate,
          row.getString("reference"),
          new Contact(
              row.getString("name"), email == null || isStopped ? null : new EmailAddress(email)),
          accounts.open(
              row.getString("account_id"),
              row.getBytes("sealed_details"),
              row.getString("holder_name")));
    }

    private List<Pending> debits(Tx tx) {
      return tx.query(
              """
              select a.id, a.mandate_id, a.n, a.amount, a.entry_on, m.reference, m.provider_ref
              from attempt a
              join mandate m on m.workspace_id = :workspace and m.id = a.mandate_id
              where a.workspace_id = :workspace and a.submission_id = :submission
                and a.status = 'submitted' and a.provider_ref is null
              order by a.mandate_id, a.id
              """)
          .bind("submission", submission)
          .map(
              (row, _) ->
                  (Pending)
                      new Pending.Present(
                          row.getString("id"),
                          tx.workspace(),
                          row.getString("mandate_id"),
                          row.getInt("n") > 1,
                          row.getString("reference"),
                          ref(row, "provider_ref"),
                          new Pence(row.getLong("amount")),
                          row.getObject("entry_on", LocalDate.class)))
          .list();
    }

    private Ending end(Pending item) {
      return switch (item) {
        case Pending.Lodge lodge -> lodge(lodge);
        case Pending.Withdraw withdraw -> withdraw(withdraw);
        case Pending.Present present -> present(present);
      };
    }

    private Ending lodge(Pending.Lodge item) {
      return switch (lodged(item)) {
        case Done<GoCardlessMandate>(var made, _) -> {
          write(item, tx -> keep(tx, item, made.id()));
          yield Ending.ENDED;
        }
        case Refused<GoCardlessMandate>(var refusal, _) ->
            passes(refusal)
                ? Ending.STOPPED
                : refused(
                    new About(item.workspace(), item.mandate(), null),
                    item.id(),
                    item.reference(),
                    refusal,
                    tx -> withdrawn(tx, item));
      };
    }

    private Answer<GoCardlessMandate> lodged(Pending.Lodge item) {
      return client
          .createCustomer(
              new NewCustomer(item.payer(), item.reference()), key(item.id(), "customer"))
          .then(
              customer ->
                  client.createBankAccount(
                      bankAccount(customer, item.details()), key(item.id(), "account")))
          .then(
              bankAccount ->
                  client.createMandate(
                      new NewMandate(bankAccount.id(), null, account.creditor(), item.reference()),
                      key(item.id(), "mandate")));
    }

    private static NewBankAccount bankAccount(Customer customer, BankDetails details) {
      return new NewBankAccount(
          customer.id(),
          details.sortCode(),
          details.accountNumber(),
          AccountName.transliterate(details.accountHolderName()));
    }

    private Ending withdraw(Pending.Withdraw item) {
      var ref = item.mandateRef();
      if (ref == null && item.comesLater()) return Ending.WAITS;
      if (ref != null
          && client.cancelMandate(ref) instanceof Refused<GoCardlessMandate>(var refusal, _)) {
        if (passes(refusal)) return Ending.STOPPED;
        // What has ended by itself needs no end; for anything else a person has to look.
        if (!isOver(ref)) {
          return refused(
              new About(item.workspace(), item.mandate(), null),
              item.id(),
              ref.text(),
              refusal,
              tx -> accepted(tx, item.id()));
        }
      }
      write(item, tx -> accepted(tx, item.id()));
      return Ending.ENDED;
    }

    private boolean isOver(ResourceId mandate) {
      return client.mandate(mandate) instanceof Done<GoCardlessMandate>(var found, _)
          && (found.status().is(GoCardlessMandate.Status.FAILED)
              || found.status().is(GoCardlessMandate.Status.EXPIRED)
              || found.status().is(GoCardlessMandate.Status.BLOCKED)
              || found.status().is(GoCardlessMandate.Status.CANCELLED));
    }

    /// Of a debit that is presented again, GoCardless may have an earlier payment under way of
    /// itself by now: then this one is not made.
    private Ending present(Pending.Present item) {
      if (!item.again()) return create(item);

      return switch (earlier(item)) {
        case Earlier.Over _ -> {
          var ending = create(item);
          if (ending == Ending.ENDED) tellOfDouble(item);
          yield ending;
        }
        case Earlier.UnderWay(var takeUp) -> leave(item, takeUp);
        case Earlier.Unknown _ -> Ending.STOPPED;
      };
    }

    private Earlier earlier(Pending.Present item) {
      for (var each : together(item)) {
        if (each.attempt().text().equals(item.id()) || each.providerRef() == null) continue;
        if (each.isOut()) return new Earlier.UnderWay(_ -> {});
        switch (client.payment(new ResourceId(each.providerRef()))) {
          case Done<GoCardlessPayment>(var found, _) when found.isUnderWay() -> {
            var again = new SchemeEvent.DebitResubmitted(found.chargeDate());
            return new Earlier.UnderWay(tx -> presentations.apply(tx, each.attempt(), again));
          }
          case Refused<GoCardlessPayment>(var refusal, _) when passes(refusal) -> {
            return new Earlier.Unknown();
          }
          case Done<GoCardlessPayment> _, Refused<GoCardlessPayment> _ -> {}
        }
      }
      return new Earlier.Over();
    }

    private List<Presented> together(Pending.Present item) {
      return tenancy.read(
          item.workspace(),
          clock.instant(),
          tx -> presentations.together(tx, new AttemptId(item.id())));
    }

    /// Leaves the debit to an earlier payment. A sending that was cut off may have made this one
    /// too: then it is called off.
    private Ending leave(Pending.Present item, Consumer<Tx> takeUp) {
      var ref = item.mandateRef();
      if (ref != null) {
        switch (client.payments(ref, PageRequest.newest(PageRequest.MAX_LIMIT))) {
          case Done<Page<GoCardlessPayment>>(var page, _) -> {
            var made = madeBefore(item, page.items());
            if (made.isPresent()) {
              write(item, takeUp);
              named(item, made.get());
              tellOfDouble(item);
              return Ending.ENDED;
            }
          }
          case Refused<Page<GoCardlessPayment>>(var refusal, _) when passes(refusal) -> {
            return Ending.STOPPED;
          }
          case Refused<Page<GoCardlessPayment>> _ -> {}
        }
      }
      write(
          item,
          tx -> {
            takeUp.accept(tx);
            presentations.apply(tx, new AttemptId(item.id()), new SchemeEvent.DebitCancelled());
          });
      return Ending.ENDED;
    }

    /// The payment of this amount and day that nothing here is known by.
    private Optional<ResourceId> madeBefore(
        Pending.Present item, List<GoCardlessPayment> payments) {
      var known =
          tenancy.across(
              clock.instant(),
              across ->
                  Known.of(across, user, payments.stream().map(GoCardlessPayment::id).toList()));
      return payments.stream()
          .filter(each -> each.isUnderWay() && known.debit(each.id()) == null)
          .filter(each -> each.amount().equals(item.amount()))
          .filter(each -> item.entryDay().equals(each.chargeDate()))
          .map(GoCardlessPayment::id)
          .findFirst();
    }

    /// GoCardless may have told of the earlier payment while this one was made.
    private void tellOfDouble(Pending.Present item) {
      var about = new About(item.workspace(), item.mandate(), item.id());
      var found =
          tenancy.across(
              clock.instant(),
              across -> {
                ServiceUsers.lock(across.handle(), user.id());
                var doubled = doubles.find(across, user, about);
                if (doubled.isPresent()) {
                  var parkings = new ProviderAdviceRows.Parkings(across, user);
                  parkings.add(about);
                  parkings.tell(across, doubled.get().key().text());
                }
                return doubled;
              });
      doubles.callOff(user.id(), found.stream().toList(), clock.instant());
    }

    private Ending create(Pending.Present item) {
      var ref = item.mandateRef();
      Answer<GoCardlessPayment> answer =
          ref == null
              ? new Refused<>(new Refusal.InvalidState(List.of()), null)
              : client.createPayment(
                  new NewPayment(ref, item.amount(), item.entryDay(), item.reference()),
                  new IdempotencyKey(item.id()));
      return switch (answer) {
        case Done<GoCardlessPayment>(var made, _) -> named(item, made.id());
        // The key is the attempt's own, so that what it has made is the attempt's.
        case Refused<GoCardlessPayment>(Refusal.KeyUsedOtherwise(var existing), _) ->
            named(item, existing);
        case Refused<GoCardlessPayment>(var refusal, _) ->
            passes(refusal)
                ? Ending.STOPPED
                : refused(
                    new About(item.workspace(), item.mandate(), item.id()),
                    item.id(),
                    item.reference(),
                    refusal,
                    tx ->
                        presentations.apply(
                            tx, new AttemptId(item.id()), new SchemeEvent.DebitRejected()));
      };
    }

    private Ending named(Pending.Present item, ResourceId payment) {
      write(item, tx -> presentations.named(tx, new AttemptId(item.id()), payment.text()));
      return Ending.ENDED;
    }

    /// Whether the item may do better another time.
    private boolean passes(Refusal refusal) {
      if (!refusal.mayPass() && !refusal.isOfTheAccount()) return false;

      connections.failed(user.id(), refusal, clock.instant());
      return true;
    }

    private void write(Pending item, Consumer<Tx> result) {
      tenancy.across(
          clock.instant(),
          across -> {
            in(across, item.workspace(), item.mandate(), result);
            return item;
          });
    }

    /// Ends an item for good, and leaves a person the words of GoCardless.
    private Ending refused(
        About about, String item, String reference, Refusal refusal, Consumer<Tx> result) {
      return tenancy.across(
          clock.instant(),
          across -> {
            var handle = across.handle();
            ServiceUsers.lock(handle, user.id());
            var key = AdviceKey.of(List.of("gocardless", "refused", item));
            if (!ProviderAdviceRows.claim(
                across,
                user.id(),
                new ProviderAdviceRows.Told(key, null, refusal.inWords(), reference))) {
              return Ending.ENDED;
            }
            var parkings = new ProviderAdviceRows.Parkings(across, user);
            in(across, about.workspace(), about.mandate(), result);
            ProviderAdviceRows.parked(
                handle, user.id(), key, "GoCardless has not taken it in.", about);
            parkings.add(about);
            parkings.tell(across, item);
            return Ending.ENDED;
          });
    }

    private static void in(Across across, String workspace, String mandate, Consumer<Tx> work) {
      across.in(
          workspace,
          tx -> {
            lock(tx, mandate);
            work.accept(tx);
            return tx;
          });
    }

    /// What was lodged later has taken the mandate over.
    private void keep(Tx tx, Pending.Lodge item, ResourceId made) {
      Instructions.name(tx, item.id(), made.text());
      if (!Instructions.isFollowed(tx, item.mandate(), item.id())) {
        mandates.named(tx, new MandateId(item.mandate()), made.text());
      }
    }

    private void withdrawn(Tx tx, Pending.Lodge item) {
      mandates.apply(tx, new MandateId(item.mandate()), new SchemeEvent.InstructionWithdrawn());
      Instructions.giveBack(tx, item.id());
    }

    private static void accepted(Tx tx, String instruction) {
      Instructions.accept(tx, List.of(instruction));
    }

    private static void lock(Tx tx, String mandate) {
      tx.query("select id from mandate where workspace_id = :workspace and id = :id for update")
          .bind("id", mandate)
          .mapTo(String.class)
          .one();
    }
  }

  private static IdempotencyKey key(String item, String step) {
    return new IdempotencyKey(item + ":" + step);
  }

  private static @Nullable ResourceId ref(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(ResourceId::new).orElse(null);
  }
}
