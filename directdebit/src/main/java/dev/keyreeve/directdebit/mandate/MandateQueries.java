package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.mandate.MandateScopes.MANDATES_READ;
import static dev.keyreeve.directdebit.mandate.Refusals.MANDATE_NOT_FOUND;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Declaration.subscription;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.ModulusResult;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Feed;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Shapes;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What callers can learn about mandates.
final class MandateQueries {
  private static final Cursor LIST = new Cursor("mandates");

  private final Tenancy tenancy;
  private final BankAccounts accounts;
  private final Debits debits;

  MandateQueries(Tenancy tenancy, BankAccounts accounts, Debits debits) {
    this.tenancy = tenancy;
    this.accounts = accounts;
    this.debits = debits;
  }

  List<Procedure<?, ?>> procedures() {
    return List.of(
        query("mandates.list", holds(MANDATES_READ), get("/mandates"))
            .about("Lists mandates, newest first.")
            .takes(MandateFilter.class)
            .gives(Page.of(Shapes.of(MandateView.class)))
            .refuses(Cursor.INVALID)
            .by(tenancy.reads(MandateQueries::list)),
        query("mandates.get", holds(MANDATES_READ), get("/mandates/{id}"))
            .about("Shows a mandate with its schedule.")
            .takes(OneMandate.class)
            .gives(MandateDetails.class)
            .refuses(MANDATE_NOT_FOUND)
            .by(tenancy.reads((tx, input) -> details(tx, MandateRows.find(tx, input.id())))),
        query(
                "mandates.getByReference",
                holds(MANDATES_READ),
                get("/mandates/by-reference/{reference}"))
            .about("Shows the mandate with a reference.")
            .takes(OneReference.class)
            .gives(MandateDetails.class)
            .refuses(MANDATE_NOT_FOUND)
            .by(tenancy.reads((tx, input) -> details(tx, MandateRows.find(tx, input.reference())))),
        query("mandates.history", holds(MANDATES_READ), get("/mandates/{id}/history"))
            .about("Lists what happened to a mandate, oldest first.")
            .takes(OneHistory.class)
            .gives(Page.of(Shapes.of(MandateEventView.class)))
            .refuses(MANDATE_NOT_FOUND, Cursor.INVALID)
            .by(tenancy.reads(MandateQueries::history)),
        query("mandates.events", holds(MANDATES_READ), get("/mandates/events"))
            .about("Lists what happened to all mandates, oldest first, for those who keep up.")
            .takes(EventsAfter.class)
            .gives(Events.class)
            .by(tenancy.reads(MandateQueries::events)),
        subscription("mandates.stream", holds(MANDATES_READ), get("/mandates/stream"))
            .about("Tells what happens to mandates, as it happens.")
            .takes(Stream.class)
            .gives(MandateEventView.class)
            .streamedBy(this::stream),
        // A mutation, so that no account number stands in a URL.
        mutation(
                "mandates.checkBankDetails",
                holds(MANDATES_READ),
                post("/mandates/check-bank-details"))
            .about("Tells whether an account number can exist at a sort code.")
            .takes(CheckBankDetails.class)
            .gives(CheckedBankDetails.class)
            .inlineBy(this::check));
  }

  record OneMandate(MandateId id) {}

  record OneReference(MandateReference reference) {}

  /// @param limit 50 unless said
  /// @param cursor the `nextCursor` of the page before
  record OneHistory(
      MandateId id,
      @Nullable @Range(min = 1, max = 200) Integer limit,
      @Nullable @Text(max = 100) String cursor) {}

  /// @param afterSeq the `nextAfterSeq` of the answer before; from the beginning unless said
  /// @param types only of these; of all unless said
  /// @param limit 50 unless said
  record EventsAfter(
      @Nullable @Range(min = 0, max = 1L << 52) Long afterSeq,
      @Nullable @Items(min = 1, max = 30) List<MandateEventType> types,
      @Nullable @Range(min = 1, max = 200) Integer limit) {}

  /// @param nextAfterSeq what to ask for next, now or later
  record Events(List<MandateEventView> items, long nextAfterSeq) {}

  /// @param afterSeq where to begin, for who has not listened before; now unless said
  /// @param types only of these; of all unless said
  record Stream(
      @Nullable @Range(min = 0, max = 1L << 52) Long afterSeq,
      @Nullable @Items(min = 1, max = 30) List<MandateEventType> types) {}

  record CheckBankDetails(SortCode sortCode, AccountNumber accountNumber) {}

  record CheckedBankDetails(ModulusResult modulus) {}

  private static Outcome<Page<MandateView>> list(Tx tx, MandateFilter filter) {
    int limit = Page.limit(filter.limit());
    return LIST.read(filter.cursor(), MandateId::parse)
        .then(
            before -> {
              var found = MandateRows.list(tx, filter, before.orElse(null), limit + 1);
              var views = found.stream().map(Mandate::view).toList();
              return Outcome.done(Page.of(views, limit, last -> LIST.after(last.id().text())));
            });
  }

  private Outcome<MandateDetails> details(Tx tx, Optional<Mandate> found) {
    return found
        .map(
            mandate -> {
              var outlook = debits.outlook(tx, mandate.id());
              return Outcome.done(
                  new MandateDetails(
                      mandate.view(), outlook.schedule(), outlook.nextPossibleDate()));
            })
        .orElseGet(() -> Outcome.refused(MANDATE_NOT_FOUND));
  }

  private static Outcome<Page<MandateEventView>> history(Tx tx, OneHistory input) {
    if (MandateRows.find(tx, input.id()).isEmpty()) return Outcome.refused(MANDATE_NOT_FOUND);

    return MandateEvents.FEED.history(
        tx, List.of(input.id().text()), input.limit(), input.cursor());
  }

  private static Outcome<Events> events(Tx tx, EventsAfter input) {
    var types = MandateEventType.texts(input.types());
    var batch = MandateEvents.FEED.after(tx, types, input.afterSeq(), input.limit());
    return Outcome.done(new Events(batch.items(), batch.nextAfterSeq()));
  }

  private Outcome<Feed<MandateEventView>> stream(Call<Stream, MandateEventView> call) {
    var input = call.input();
    var types = MandateEventType.texts(input.types());
    return MandateEvents.FEED.stream(tenancy, call, types, input.afterSeq());
  }

  private Outcome<CheckedBankDetails> check(Call<CheckBankDetails, CheckedBankDetails> call) {
    var input = call.input();
    return Outcome.done(
        new CheckedBankDetails(accounts.check(input.sortCode(), input.accountNumber())));
  }
}
