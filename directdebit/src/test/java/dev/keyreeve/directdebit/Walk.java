package dev.keyreeve.directdebit;

import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.WalkWorld.Tenant;
import dev.keyreeve.directdebit.model.Broken;
import dev.keyreeve.directdebit.model.ClaimModel;
import dev.keyreeve.directdebit.model.CollectionModel;
import dev.keyreeve.directdebit.model.Forecast;
import dev.keyreeve.directdebit.model.MandateModel;
import dev.keyreeve.directdebit.model.Seen;
import dev.keyreeve.directdebit.model.WorkspaceModel;
import dev.keyreeve.procedure.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A random walk through the service: calls that are allowed and calls that are not, what banks do,
/// and time. Whatever is called, the model says beforehand what it comes to; whatever happens, the
/// log must tell it, and the model allow it.
final class Walk {
  /// Steps between two looks at everything.
  private static final int BETWEEN_LOOKS = 500;

  private static final int MANDATES_AT_ONCE = 40;
  private static final int TRACED = 25;
  private static final Pattern REFERENCE = Pattern.compile("W\\d+-\\d+");

  /// Accounts by what their banks do; most pay.
  private static final List<String> SORT_CODES =
      List.of(
          "01", "01", "01", "01", "01", "01", "11", "12", "13", "21", "21", "22", "23", "24", "25",
          "26", "31", "32", "33", "34", "41", "42", "43", "44", "44", "51", "52", "53", "61");

  private static final String UNKNOWN = "01JZZZZZZZZZZZZZZZZZZZZZZZ";

  private final long seed;
  private final int steps;
  private final Random random;
  private final WalkWorld world;
  private final WalkBank bank;
  private final WalkChecks checks;
  private final List<String> trace = new ArrayList<>();
  private final Map<String, Link> links = new HashMap<>();
  private final Map<String, String> payers = new HashMap<>();
  private final Set<String> met = new HashSet<>();
  private int step;
  private int references;

  /// How a payer completes a mandate.
  private record Link(String token, Instant expiresAt) {}

  private Walk(long seed, int steps, WalkWorld world) {
    this.seed = seed;
    this.steps = steps;
    this.random = new Random(seed);
    this.world = world;
    this.bank = new WalkBank(world, random);
    this.checks = new WalkChecks(world, random);
  }

  /// Walks, in a world of its own.
  ///
  /// @return what was met: procedures with what they came to, and how everything ended
  static Set<String> through(
      long seed, int steps, boolean isSandbox, int workspaces, LocalDate begins) {
    try (var world = new WalkWorld(isSandbox, workspaces, begins)) {
      var walk = new Walk(seed, steps, world);
      try {
        walk.walk();
      } catch (Throwable failure) {
        throw new AssertionError(walk.report(failure), failure);
      }
      return walk.met;
    }
  }

  private void walk() {
    for (step = 1; step <= steps; step++) {
      var tenant = oneOf(world.tenants);
      int dice = random.nextInt(1000);
      if (dice < 350) {
        askOfMandate(tenant);
      } else if (dice < 410) {
        begin(tenant);
      } else if (dice < 720) {
        askOfCollection(tenant);
      } else if (dice < 820) {
        askOfClaim(tenant);
      } else if (dice < 955) {
        letBankAct(tenant);
      } else {
        letTimePass();
      }
      if (step % BETWEEN_LOOKS == 0) checks.look();
    }
    checks.look();
    checks.replay();
    met.addAll(bank.met());
    for (var tenant : world.tenants) {
      var model = tenant.model();
      model.mandates().forEach(each -> met.add("mandate " + each.status()));
      model
          .collections()
          .forEach(
              each ->
                  met.add("collection %s after %d".formatted(each.status(), each.presentations())));
      model.claims().forEach(each -> met.add("claim " + each.status()));
    }
  }

  // What is asked of mandates

  private void begin(Tenant tenant) {
    var live = tenant.model().mandates().stream().filter(each -> !each.isOver()).count();
    if (live >= MANDATES_AT_ONCE) {
      askOfMandate(tenant);
      return;
    }
    boolean isInvite = random.nextInt(3) == 0;
    var reference = isOneIn(12) ? anyReference(tenant) : nextReference();
    var payer = isInvite && isOneIn(3) ? "tenant-" + random.nextInt(12) : null;
    var schedule = isOneIn(4) ? null : schedule();
    var input =
        "{'payer': {'name': 'Ada Lovelace'%s}, 'reference': '%s'%s%s}"
            .formatted(
                payer == null ? "" : ", 'externalRef': '" + payer + "'",
                reference,
                schedule == null ? "" : ", " + schedule.text(),
                isInvite ? ", 'expiresInDays': " + (1 + random.nextInt(10)) : details());
    var forecast = forecast(tenant, payer, reference, schedule, isInvite);
    var procedure = isInvite ? "mandates.invite" : "mandates.create";
    var answer = tenant.workspace().call(procedure, input);
    check(tenant, null, procedure + " " + reference, forecast, answer);
    if (!(answer.result() instanceof Result.Succeeded<?>)) return;

    var made = tenant.model().mandates().getLast();
    Broken.unless(made.reference().equals(reference), () -> "made " + made);
    if (payer != null) payers.put(made.id(), payer);
    if (isInvite) keepLink(made, answer);
  }

  private Forecast forecast(
      Tenant tenant,
      @Nullable String payer,
      String reference,
      @Nullable Schedule schedule,
      boolean isInvite) {
    var known = tenant.model().mandates();
    if (payer != null
        && known.stream()
            .anyMatch(
                each ->
                    payer.equals(payers.get(each.id()))
                        && !each.isOver()
                        && !each.status().equals("invite_expired"))) {
      return Forecast.refused("live_mandate_exists");
    }
    if (known.stream().anyMatch(each -> each.reference().equals(reference))) {
      return Forecast.refused("duplicate_reference");
    }
    if (schedule != null && schedule.isTooMuch()) return Forecast.refused("amount_over_limit");

    return Forecast.done(isInvite ? "mandate.invited" : "mandate.created");
  }

  private String details() {
    return """
        , 'bankDetails': {'sortCode': '00-00-%s', 'accountNumber': '12345678',
                        'accountHolderName': 'Ada Lovelace'},
          'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'}"""
        .formatted(oneOf(SORT_CODES));
  }

  private record Schedule(String text, boolean isTooMuch) {}

  private Schedule schedule() {
    boolean isTooMuch = isOneIn(20);
    long amount = isTooMuch ? 10_000_001 : amount();
    var startsOn = world.today().plusDays(random.nextInt(45));
    int debits = 1 + random.nextInt(6);
    var rhythm =
        isOneIn(3)
            ? "'frequency': 'weekly'"
            : "'frequency': 'monthly', 'dayOfMonth': '%s'"
                .formatted(isOneIn(5) ? "last" : String.valueOf(1 + random.nextInt(28)));
    return new Schedule(
        "'schedule': {'amount': %d, %s, 'startsOn': '%s', 'debits': %d}"
            .formatted(amount, rhythm, startsOn, debits),
        isTooMuch);
  }

  /// The odd pence are the days after which a payer who claims back does so.
  private long amount() {
    return 100L * (1 + random.nextInt(2_000)) + random.nextInt(12);
  }

  private void askOfMandate(Tenant tenant) {
    var mandate = anyMandate(tenant);
    if (mandate == null) {
      begin(tenant);
      return;
    }
    switch (random.nextInt(20)) {
      case 0 ->
          ask(tenant, mandate, "mandates.cancel", isOneIn(2) ? reason() : "", mandate.cancel());
      case 1, 2, 3 -> suspend(tenant, mandate);
      case 4, 5, 6, 7, 8, 9 -> reactivate(tenant, mandate);
      case 10, 11 -> ask(tenant, mandate, "mandates.resendInvite", "", mandate.resendInvite());
      case 12 -> ask(tenant, mandate, "mandates.revokeInvite", "", mandate.revokeInvite());
      case 13, 14, 15 -> complete(tenant, mandate);
      case 16, 17 -> replan(tenant, mandate);
      default ->
          ask(
              tenant,
              mandate,
              "mandates.update",
              ", 'metadata': {'step': '%d'}".formatted(step),
              mandate.describe());
    }
  }

  private static String reason() {
    return ", 'reason': 'Moved out.'";
  }

  private void suspend(Tenant tenant, MandateModel mandate) {
    var until = isOneIn(2) ? null : world.today().plusDays(random.nextInt(21) - 2L);
    var more = reason() + (until == null ? "" : ", 'until': '" + until + "'");
    ask(tenant, mandate, "mandates.suspend", more, mandate.suspend(until, world.today()));
  }

  private void reactivate(Tenant tenant, MandateModel mandate) {
    var agreedAt =
        switch (random.nextInt(4)) {
          case 0 -> world.now();
          case 1 -> mandate.since();
          case 2 -> mandate.since().plusSeconds(60);
          default -> null;
        };
    var more =
        agreedAt == null
            ? ""
            : ", 'payerConsent': {'channel': 'telephone', 'agreedAt': '%s'}".formatted(agreedAt);
    var forecast = mandate.reactivate(agreedAt, world.now());
    ask(tenant, mandate, "mandates.reactivate", more, forecast);
  }

  private void replan(Tenant tenant, MandateModel mandate) {
    var schedule = schedule();
    var forecast = mandate.replan();
    if (schedule.isTooMuch() && forecast.mayBeDone()) {
      forecast = Forecast.refused("amount_over_limit");
    }
    ask(tenant, mandate, "mandates.update", ", " + schedule.text(), forecast);
  }

  private void complete(Tenant tenant, MandateModel mandate) {
    var link = links.get(mandate.id());
    if (link == null) return;
    boolean isCurrent = world.now().isBefore(link.expiresAt());
    if (isOneIn(3)) {
      boolean works = mandate.status().equals("invited") && isCurrent;
      var seen = world.rails.world.pay("invites.view", "{'token': '%s'}".formatted(link.token()));
      Broken.unless(
          works == seen.result() instanceof Result.Succeeded<?>,
          () -> "viewed " + mandate + ": " + seen);
      note("invites.view " + mandate.reference(), works ? "done" : "invite_expired");
      readLogs();
      return;
    }
    var input =
        """
        {'token': '%s', 'sortCode': '00-00-%s', 'accountNumber': '12345678',
         'accountHolderName': 'Ada Lovelace', 'confirmed': true}
        """
            .formatted(link.token(), oneOf(SORT_CODES));
    var answer = world.rails.world.pay("invites.submit", input);
    var forecast = mandate.complete(isCurrent);
    check(tenant, mandate.id(), "invites.submit " + mandate.reference(), forecast, answer);
  }

  /// Asks for something, now and then of what is not there, or not as it is.
  private void ask(
      Tenant tenant, MandateModel mandate, String procedure, String more, Forecast forecast) {
    boolean isOfDate = forecast.refusals().contains("date_not_to_come");
    var id = mandate.id();
    var expected = forecast;
    if (isOneIn(12)) {
      id = isOneIn(2) ? "man_" + UNKNOWN : foreign(tenant, mandate.id());
      if (!isOfDate) expected = Forecast.refused("mandate_not_found");
    } else if (isOneIn(12)) {
      more += ", 'ifVersion': " + (mandate.version() + (isOneIn(2) ? 1 : 7));
      if (!isOfDate) expected = Forecast.refused("version_mismatch");
    } else if (isOneIn(6)) {
      more += ", 'ifVersion': " + mandate.version();
    }
    boolean isRepeated = isOneIn(15);
    if (isRepeated) more += ", 'idempotencyKey': 'step-%d'".formatted(step);
    var input = "{'id': '%s'%s}".formatted(id, more);
    var answer = tenant.workspace().call(procedure, input);
    var what = procedure + " " + mandate.reference() + more;
    check(tenant, id, what, expected, answer);
    if (isRepeated) repeat(tenant, procedure, input, answer);
    if (answer.result() instanceof Result.Succeeded<?>) {
      var shown = answer.value().path("mandate");
      Broken.unless(
          shown.path("status").asText().equals(mandate.status())
              && shown.path("version").asInt() == mandate.version(),
          () -> "answered " + shown + " of " + mandate);
      if (procedure.equals("mandates.resendInvite")) keepLink(mandate, answer);
    }
  }

  private String foreign(Tenant tenant, String otherwise) {
    var others = world.tenants.stream().filter(each -> !each.equals(tenant)).toList();
    if (others.isEmpty()) return "man_" + UNKNOWN;
    var theirs = anyMandate(oneOf(others));
    return theirs == null ? "man_" + UNKNOWN : theirs.id().equals(otherwise) ? "" : theirs.id();
  }

  private void repeat(Tenant tenant, String procedure, String input, Answer first) {
    var again = tenant.workspace().call(procedure, input);
    boolean isSame =
        switch (first.result()) {
          case Result.Succeeded<?> _ -> again.value().path("replayed").asBoolean();
          case Result.Failed _ -> again.reason().equals(first.reason());
          case Result.Opened<?> _ -> false;
        };
    Broken.unless(isSame, () -> "asked twice with one key: " + first + " and " + again);
    Broken.unless(readLogs().isEmpty(), () -> "done twice with one key: " + input);
  }

  private void keepLink(MandateModel mandate, Answer answer) {
    var expiresAt = Instant.parse(answer.value().at("/invite/expiresAt").asText());
    links.put(mandate.id(), new Link(TestDirectDebit.tokenOf(answer.value()), expiresAt));
  }

  // What is asked of collections

  private void askOfCollection(Tenant tenant) {
    var mandate = anyMandate(tenant);
    if (mandate == null) return;
    var debit = anyDebit(tenant, mandate);
    if (debit == null || isOneIn(8)) {
      createOneOff(tenant, mandate);
      return;
    }
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> amend(tenant, debit);
      case 4 -> askOfDebit(tenant, debit, "collections.cancel", "", debit.cancel());
      default -> retry(tenant, debit);
    }
  }

  private void createOneOff(Tenant tenant, MandateModel mandate) {
    long amount = isOneIn(12) ? 10_000_001 : amount();
    var day = world.today().plusDays(random.nextInt(50) - 2L);
    boolean isUnknown = isOneIn(12);
    var id = isUnknown ? "man_" + UNKNOWN : mandate.id();
    var input = "{'mandate_id': '%s', 'amount': %d, 'due_on': '%s'}".formatted(id, amount, day);
    var answer = world.rails.world.operate(tenant.workspace(), "collections.createOneOff", input);
    var forecast = WorkspaceModel.oneOff(isUnknown ? null : mandate, amount);
    check(tenant, null, "createOneOff " + mandate.reference() + " " + day, forecast, answer);
    if (!isRefused(answer, "past_cutoff")) return;

    // The day that the refusal names is early enough.
    var earliest = String.valueOf(answer.problem().details().get("earliest"));
    Broken.unless(day.isBefore(LocalDate.parse(earliest)), () -> day + " refused: " + answer);
    var possible = input.replace(day.toString(), earliest);
    var again = world.rails.world.operate(tenant.workspace(), "collections.createOneOff", possible);
    var done = Forecast.done("collection.scheduled");
    check(tenant, null, "createOneOff " + mandate.reference() + " " + earliest, done, again);
  }

  private void amend(Tenant tenant, CollectionModel debit) {
    long amount =
        switch (random.nextInt(5)) {
          case 0 -> 10_000_001;
          case 1 -> debit.amount();
          default -> amount();
        };
    var day = isOneIn(3) ? debit.dueOn() : world.today().plusDays(random.nextInt(60));
    var more =
        ", 'amount': %d%s"
            .formatted(amount, day.equals(debit.dueOn()) ? "" : ", 'due_on': '" + day + "'");
    askOfDebit(tenant, debit, "collections.amend", more, debit.amend(amount, day));
  }

  private void retry(Tenant tenant, CollectionModel debit) {
    long amount = isOneIn(6) ? debit.amount() + 1 : debit.amount();
    var forecast = debit.retry(amount, world.today());
    askOfDebit(tenant, debit, "collections.retry", ", 'amount': " + amount, forecast);
  }

  private void askOfDebit(
      Tenant tenant, CollectionModel debit, String procedure, String more, Forecast forecast) {
    var id = debit.id();
    var expected = forecast;
    if (isOneIn(15)) {
      id = "col_" + UNKNOWN;
      expected = Forecast.refused("collection_not_found");
    } else if (isOneIn(15)) {
      more += ", 'if_version': " + (debit.version() + 1_000);
      expected = Forecast.refused("version_mismatch");
    }
    var input = "{'id': '%s'%s}".formatted(id, more);
    boolean isStranger = isOneIn(20);
    var caller = isStranger ? world.stranger : tenant.workspace();
    if (isStranger) expected = Forecast.refused("collection_not_found");
    var answer = world.rails.world.operate(caller, procedure, input);
    check(tenant, id, procedure + " " + debit + more, expected, answer);
  }

  // What is asked of claims

  private void askOfClaim(Tenant tenant) {
    var claims = tenant.model().claims();
    if (claims.isEmpty()) {
      askOfMandate(tenant);
      return;
    }
    var claim = claims.get(claims.size() - 1 - random.nextInt(Math.min(12, claims.size())));
    // Half of the time, what comes next.
    int next =
        switch (claim.status()) {
          case "received" -> 0;
          case "under_review" -> 2;
          case "challenged" -> 3 + random.nextInt(2);
          default -> random.nextInt(6);
        };
    switch (isOneIn(2) ? next : random.nextInt(6)) {
      case 0 -> askOfClaim(tenant, claim, "claims.startReview", "", claim.startReview());
      case 1 -> askOfClaim(tenant, claim, "claims.accept", "", claim.accept());
      case 2 -> askOfClaim(tenant, claim, "claims.challenge", "", claim.challenge(world.today()));
      case 3 ->
          askOfClaim(
              tenant, claim, "claims.recordOutcome", ", 'outcome': 'upheld'", claim.uphold());
      case 4 ->
          askOfClaim(
              tenant, claim, "claims.recordOutcome", ", 'outcome': 'rejected'", claim.reject());
      default ->
          askOfClaim(
              tenant,
              claim,
              "claims.assign",
              ", 'assignee': 'someone %d'".formatted(step),
              Forecast.done());
    }
  }

  private void askOfClaim(
      Tenant tenant, ClaimModel claim, String procedure, String more, Forecast forecast) {
    boolean isUnknown = isOneIn(15);
    var input = "{'id': '%s'%s}".formatted(isUnknown ? "clm_" + UNKNOWN : claim.id(), more);
    var expected = isUnknown ? Forecast.refused("claim_not_found") : forecast;
    var answer = world.rails.world.operate(tenant.workspace(), procedure, input);
    check(tenant, claim.id(), procedure + " " + claim + more, expected, answer);
  }

  // What banks do, and time

  private void letBankAct(Tenant tenant) {
    var mandate = anyMandate(tenant);
    if (mandate == null) return;

    note("the bank", bank.act(tenant, mandate, anyDebit(tenant, mandate)));
    readLogs();
  }

  private void letTimePass() {
    var time =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3 -> Duration.ofHours(1 + random.nextInt(12));
          case 4, 5, 6, 7, 8 -> Duration.ofHours(24);
          default -> Duration.ofHours(24L * (2 + random.nextInt(3)));
        };
    world.pass(time);
    note("time", "passed to " + world.now());
    readLogs();
  }

  // What comes of it

  private void check(
      Tenant tenant, @Nullable String subject, String what, Forecast forecast, Answer answer) {
    var outcome =
        switch (answer.result()) {
          case Result.Succeeded<?> _ -> "done";
          case Result.Failed _ -> answer.reason();
          case Result.Opened<?> _ -> "opened";
        };
    note(what, outcome);
    met.add(what.substring(0, what.indexOf(' ')) + " " + outcome);
    boolean isDone = outcome.equals("done");
    Broken.unless(
        isDone ? forecast.mayBeDone() : forecast.refusals().contains(outcome),
        () -> "%s came to %s, and not to %s".formatted(what, answer.result(), forecast));
    var told = world.readLog(tenant);
    Broken.unless(readLogs().isEmpty(), () -> what + " is told elsewhere");
    if (!isDone) {
      Broken.unless(told.isEmpty(), () -> "refused, and told: " + told);
      return;
    }
    var ofSubject =
        told.stream()
            .filter(event -> subject == null || event.subject().equals(subject))
            .map(Seen::type)
            .collect(Collectors.toList());
    boolean fits =
        subject == null
            ? !ofSubject.isEmpty() && ofSubject.getFirst().equals(forecast.events().getFirst())
            : ofSubject.equals(forecast.events());
    Broken.unless(fits, () -> "%s told %s, and not %s".formatted(what, told, forecast));
  }

  private static boolean isRefused(Answer answer, String reason) {
    return answer.result() instanceof Result.Failed && answer.reason().equals(reason);
  }

  /// Reads on in every log.
  private List<Seen> readLogs() {
    var told = new ArrayList<Seen>();
    for (var tenant : world.tenants) told.addAll(world.readLog(tenant));
    return told;
  }

  // Chance

  private boolean isOneIn(int many) {
    return random.nextInt(many) == 0;
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String nextReference() {
    return "W%d-%d".formatted(seed, 1_000 + ++references);
  }

  private String anyReference(Tenant tenant) {
    var mandate = anyMandate(tenant);
    return mandate == null ? nextReference() : mandate.reference();
  }

  /// Mostly one that is not over, or one of the last.
  private @Nullable MandateModel anyMandate(Tenant tenant) {
    var all = tenant.model().mandates();
    if (all.isEmpty()) return null;
    if (isOneIn(3)) return all.get(all.size() - 1 - random.nextInt(Math.min(20, all.size())));

    var live = all.stream().filter(each -> !each.isOver()).toList();
    return oneOf(live.isEmpty() ? all : live);
  }

  /// Mostly one that has begun, or is the next to begin.
  private @Nullable CollectionModel anyDebit(Tenant tenant, MandateModel mandate) {
    var all =
        tenant.model().debitsOf(mandate).stream()
            .sorted(
                Comparator.comparing(CollectionModel::dueOn)
                    .thenComparingLong(CollectionModel::amount)
                    .thenComparing(CollectionModel::status))
            .toList();
    if (all.isEmpty()) return null;
    var begun =
        all.stream()
            .filter(each -> !List.of("planned", "cancelled").contains(each.status()))
            .toList();
    return oneOf(begun.isEmpty() || isOneIn(3) ? all : begun);
  }

  // Telling of it

  private void note(String what, String outcome) {
    trace.add("step %d, %s: %s: %s".formatted(step, world.now(), what, outcome));
  }

  private String report(Throwable failure) {
    var words = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    var concerned =
        REFERENCE.matcher(words).results().map(each -> each.group()).collect(Collectors.toSet());
    var lines =
        trace.stream()
            .filter(
                line ->
                    concerned.isEmpty()
                        || concerned.stream()
                            .anyMatch(each -> (line + " ").matches(".*" + each + "\\D.*")))
            .toList();
    return """
        %s
        seed %d, step %d, at %s; the last of what concerns it:
          %s
        again: ./mvnw -pl directdebit -am test -Dtest=ReferenceModelTest \
          -Dsurefire.failIfNoSpecifiedTests=false -Dkeyreeve.seed=%d -Dkeyreeve.steps=%d"""
        .formatted(
            words,
            seed,
            step,
            world.now(),
            String.join("\n  ", lines.subList(Math.max(0, lines.size() - TRACED), lines.size())),
            seed,
            step);
  }
}
