package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.rail.scheme.Batch;
import dev.keyreeve.directdebit.rail.scheme.Item;
import dev.keyreeve.directdebit.rail.scheme.Scheme;
import dev.keyreeve.directdebit.rail.scheme.Sealed;
import dev.keyreeve.directdebit.rail.scheme.Sealing;
import dev.keyreeve.directdebit.rail.scheme.Sealing.Unsendable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Collecting by GoCardless: a submission is the rows that the run has marked with it, and is sent
/// item by item by [SubmissionSender].
final class GoCardlessScheme implements Scheme {
  private final GoCardlessAccountRows accounts;
  private final Connections connections;
  private final SubmissionSender sender;

  GoCardlessScheme(
      GoCardlessAccountRows accounts, Connections connections, SubmissionSender sender) {
    this.accounts = accounts;
    this.connections = connections;
    this.sender = sender;
  }

  @Override
  public SchemeKind kind() {
    return SchemeKind.GOCARDLESS;
  }

  @Override
  public boolean needsFiles() {
    return false;
  }

  /// GoCardless writes the holder's name into records of Bacs, so that an instruction whose name no
  /// such record can carry is not sent.
  @Override
  public Sealing seal(Batch batch) {
    var items = new ArrayList<Item>();
    var unsendable = new ArrayList<Unsendable>();
    for (var item : batch.items()) {
      if (item.code().isDebit() || isSpeakable(item.payer().accountHolderName())) {
        items.add(item);
      } else {
        unsendable.add(new Unsendable(item, AuddisReason.PAYER_NAME_MISSING));
      }
    }
    return new Sealing(items.isEmpty() ? List.of() : List.of(new Sealed(null, items)), unsendable);
  }

  private static boolean isSpeakable(String name) {
    try {
      AccountName.transliterate(name);
      return true;
    } catch (IllegalArgumentException unspeakable) {
      return false;
    }
  }

  @Override
  public boolean deliver(ServiceUser user, String submission, InstantSource clock) {
    if (connections.isResting(user.id(), clock.instant())) return false;
    var account = accounts.find(user.id());
    if (account.isEmpty()) return false;

    try (var client = connections.open(account.get(), clock)) {
      return sender.send(user, submission, account.get(), client, clock);
    }
  }
}
