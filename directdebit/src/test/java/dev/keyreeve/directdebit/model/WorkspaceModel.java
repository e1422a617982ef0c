package dev.keyreeve.directdebit.model;

import static dev.keyreeve.directdebit.model.Forecast.refused;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A workspace by the rules. Its log is read event by event, each of which must be allowed where it
/// stands; what they come to is what the service must show.
public final class WorkspaceModel {
  private final Map<String, MandateModel> mandates = new LinkedHashMap<>();
  private final Map<String, CollectionModel> collections = new LinkedHashMap<>();
  private final Map<String, List<CollectionModel>> debits = new HashMap<>();
  private final Map<String, ClaimModel> claims = new LinkedHashMap<>();
  private final Map<String, String> lastEnds = new HashMap<>();
  private final Activity activity = new Activity();

  /// What has to follow, by the mandate or the collection that it has to happen to.
  private final Map<String, String> owed = new HashMap<>();

  private long seq;

  public Activity activity() {
    return activity;
  }

  /// The number of the last event.
  public long seq() {
    return seq;
  }

  /// In the order in which they came.
  public List<MandateModel> mandates() {
    return List.copyOf(mandates.values());
  }

  public List<ClaimModel> claims() {
    return List.copyOf(claims.values());
  }

  public List<CollectionModel> collections() {
    return List.copyOf(collections.values());
  }

  /// The debits of a mandate, in the order in which they came.
  public List<CollectionModel> debitsOf(MandateModel mandate) {
    return debits.getOrDefault(mandate.id(), List.of());
  }

  /// Takes over what the log tells next.
  public void see(List<Seen> events) {
    for (var event : events) {
      Broken.unless(event.seq() > seq, () -> "event " + seq + " is followed by " + event);
      seq = event.seq();
      pay(event);
      switch (event.type().substring(0, event.type().indexOf('.'))) {
        case "mandate", "invite" -> mandate(event);
        case "collection" -> collection(event);
        case "clawback" -> claim(event);
        default -> {}
      }
    }
    Broken.unless(owed.isEmpty(), () -> "did not follow: " + owed);
    events.stream().map(Seen::subject).filter(mandates::containsKey).distinct().forEach(this::rest);
  }

  /// What has to follow is what happens next.
  private void pay(Seen event) {
    var due = owed.remove(event.subject());
    Broken.unless(
        due == null || due.equals(event.type()), () -> due + " had to follow before " + event);
  }

  private void mandate(Seen event) {
    var mandate =
        mandates.computeIfAbsent(
            event.subject(), id -> new MandateModel(id, event.now().path("reference").asText()));
    boolean wasInForce = mandate.isInForce();
    mandate.see(event);
    activity.moved(event, mandate, wasInForce, lastEnds.get(mandate.id()));
    if (mandate.isOver()) lastEnds.put(mandate.id(), mandate.status());
  }

  private void collection(Seen event) {
    var under = event.now().path("mandateId").asText();
    var mandate = mandates.get(under);
    if (mandate == null) throw new AssertionError("a debit of no mandate: " + event);

    collections
        .computeIfAbsent(
            event.subject(),
            id -> {
              var begun = new CollectionModel(id, mandate);
              debits.computeIfAbsent(under, _ -> new ArrayList<>()).add(begun);
              return begun;
            })
        .see(event);
    var debit = collections.get(event.subject());
    if (debit == null || !event.type().equals("collection.failed")) return;

    var code = event.code();
    if (event.by().equals("bank") && code != null && code.startsWith("ARUDD-")) {
      // A retry is given up with its mandate, whose own end is told before.
      if (event.now().has("attemptId")) returned(debit, mandate, event, code);
    }
  }

  private void returned(CollectionModel debit, MandateModel mandate, Seen event, String code) {
    var reaction = mandate.owedFor(code);
    if (reaction != null) owed.put(mandate.id(), reaction);
    if (code.equals("ARUDD-0") && debit.isToBeRetried(event.at())) {
      owed.put(debit.id(), "collection.retry_scheduled");
    }
  }

  private void claim(Seen event) {
    var claim = claims.computeIfAbsent(event.subject(), ClaimModel::new);
    boolean stood = claim.stands();
    claim.see(event);
    if (stood == claim.stands()) return;

    var claimed = collections.get(claim.collection());
    if (claimed == null) throw new AssertionError("a claim of no debit: " + event);

    Broken.unless(claimed.amount() == claim.amount(), () -> claim + " is not all of " + claimed);
    var reason = event.get("reason");
    Broken.unless(
        !claim.stands() || reason == null || claimed.mandate().mayStandAfterClaim(reason),
        () -> "not ended by " + event + ": " + claimed);
    claimed.claimed(event, claim.stands() ? "clawed_back" : "settled");
  }

  /// Nothing waits to be collected under what is over.
  private void rest(String id) {
    var mandate = mandates.get(id);
    if (mandate == null || !mandate.isOver()) return;

    for (var debit : debitsOf(mandate)) {
      Broken.unless(!debit.awaitsPresentation(), () -> "still waiting: " + debit);
    }
  }

  /// What a version that a caller names comes to before anything else is looked at.
  ///
  /// @param named null if none is named
  public static @Nullable Forecast ifVersion(@Nullable Integer named, int version) {
    return named == null || named == version ? null : refused("version_mismatch");
  }

  /// @param under null for one that the workspace does not have
  public static Forecast oneOff(@Nullable MandateModel under, long pence) {
    return under == null ? refused("mandate_not_found") : CollectionModel.oneOff(under, pence);
  }

  /// Pence that payers have paid and not got back.
  public long collected() {
    return collections.values().stream()
        .filter(each -> Set.of("collected", "settled").contains(each.status()))
        .mapToLong(CollectionModel::amount)
        .sum();
  }

  /// Pence under way to the banks.
  public long submitted() {
    return collections.values().stream()
        .filter(each -> each.status().equals("submitted"))
        .mapToLong(CollectionModel::amount)
        .sum();
  }

  /// Pence that payers have got back under the guarantee.
  public long clawedBack() {
    return claims.values().stream().filter(ClaimModel::stands).mapToLong(ClaimModel::amount).sum();
  }
}
