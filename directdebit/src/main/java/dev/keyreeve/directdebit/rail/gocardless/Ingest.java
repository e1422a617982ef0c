package dev.keyreeve.directdebit.rail.gocardless;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitResubmitted;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.AttemptStatus;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.claim.Claims;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.MandateState;
import dev.keyreeve.directdebit.mandate.Move;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessEvent.Garbled;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessEvent.Told;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteCompleted;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteEnded;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteViewed;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Irrelevant;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.MandateReplaced;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.OfMandate;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.OfPayment;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Unclear;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Unmapped;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows.About;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows.Parkings;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Does what events say, each once, however and in whatever order it is told: webhooks and polls
/// both end here.
///
/// What fits nothing that is known yet, or not the state that it has come to, is parked, and tried
/// again with what comes next: a webhook may come before the answer to the call that it is about.
final class Ingest {
  /// How long what is parked is tried again.
  private static final Duration TRIED_FOR = Duration.ofDays(7);

  private static final int TRIED_AT_ONCE = 500;

  private static final String MISFIT = "It does not fit what is known here: ";
  private static final List<String> ENDS = List.of("cancelled", "failed", "expired", "blocked");

  /// Longest wait for whoever holds the service user: GoCardless waits ten seconds for an answer.
  private static final String LOCK_TIMEOUT = "8s";

  private final Tenancy tenancy;
  private final SchemeReports mandates;
  private final Presentations presentations;
  private final Claims claims;
  private final ChargeDays chargeDays;
  private final Doubles doubles;
  private final BiConsumer<Across, ServiceUser> after;

  /// @param after told when something was done, in the same transaction
  Ingest(
      Tenancy tenancy,
      SchemeReports mandates,
      Presentations presentations,
      Claims claims,
      ChargeDays chargeDays,
      Doubles doubles,
      BiConsumer<Across, ServiceUser> after) {
    this.tenancy = tenancy;
    this.mandates = mandates;
    this.presentations = presentations;
    this.claims = claims;
    this.chargeDays = chargeDays;
    this.doubles = doubles;
    this.after = after;
  }

  /// @param applied events that did something, or told what was so already
  /// @param parked events that wait
  /// @param repeated events that were told before
  record Taken(int applied, int parked, int repeated) {}

  /// Takes in what a webhook tells.
  Taken take(String serviceUser, List<GoCardlessEvent> events, Instant now) {
    return take(serviceUser, events, now, _ -> {});
  }

  /// Takes in what a poll tells, and keeps where to go on.
  Taken take(String serviceUser, GoCardlessPoll.Batch batch, Instant now) {
    return take(
        serviceUser,
        batch.events(),
        now,
        across -> GoCardlessAccountRows.read(across.handle(), serviceUser, batch.cursor(), now));
  }

  /// What has to be asked is asked before the transaction, and what has to be called off is called
  /// off after it.
  private Taken take(
      String serviceUser, List<GoCardlessEvent> events, Instant now, Consumer<Across> also) {
    var days = chargeDays.of(serviceUser, resubmitted(serviceUser, events, now), now);
    var taking =
        tenancy.across(
            now,
            across -> {
              var done = take(across, held(across, serviceUser), events, days);
              also.accept(across);
              return done;
            });
    doubles.callOff(serviceUser, taking.doubled, now);
    return taking.taken();
  }

  /// The debits here that are presented again, of what comes now and of what waits.
  private Set<ResourceId> resubmitted(
      String serviceUser, List<GoCardlessEvent> events, Instant now) {
    return tenancy.across(
        now,
        across -> {
          var waiting =
              ProviderAdviceRows.waiting(
                  across.handle(), serviceUser, now.minus(TRIED_FOR), TRIED_AT_ONCE);
          var payments =
              Stream.concat(
                      events.stream().map(GoCardlessEvents::meaning),
                      waiting.stream().map(each -> meaning(each.event())))
                  .flatMap(
                      meaning ->
                          meaning instanceof OfPayment of && of.event() instanceof DebitResubmitted
                              ? Stream.of(of.payment())
                              : Stream.empty())
                  .toList();
          return Known.debits(across, serviceUser, payments);
        });
  }

  /// Takes a bank at its word that it has reinstated a mandate, because a person does.
  ///
  /// @param mandate that the person has chosen
  /// @return whose it was; empty if nothing has changed
  Optional<About> confirm(Across across, ServiceUser user, AdviceKey key, String mandate) {
    var event = ProviderAdviceRows.event(across.handle(), user.id(), key);
    if (event.isEmpty()
        || !(meaning(event.get()) instanceof OfMandate of)
        || !(of.event() instanceof SchemeEvent.InstructionReinstated)) {
      return Optional.empty();
    }
    var about = Known.of(across, user, List.of(of.mandate())).mandate(of.mandate());
    if (about == null || !about.mandate().equals(mandate)) return Optional.empty();

    var move =
        across.in(
            about.workspace(), tx -> mandates.confirm(tx, new MandateId(mandate), of.event()));
    if (move.isEmpty() || !(move.get() instanceof Move.Moved)) return Optional.empty();

    after.accept(across, user);
    return Optional.of(about);
  }

  private static ServiceUser held(Across across, String serviceUser) {
    across.handle().execute("set local lock_timeout = '" + LOCK_TIMEOUT + "'");
    return ServiceUsers.lock(across.handle(), serviceUser).orElseThrow();
  }

  private Taking take(
      Across across,
      ServiceUser user,
      List<GoCardlessEvent> events,
      Map<ResourceId, LocalDate> days) {
    var fresh = new ArrayList<Item>();
    int repeated = 0;
    // The oldest first; those that cannot be read come last.
    var ordered = new ArrayList<>(events);
    ordered.sort(
        Comparator.comparing(event -> event instanceof Told told ? told.createdAt() : Instant.MAX));
    for (var event : ordered) {
      var key = key(event.id());
      var told =
          new ProviderAdviceRows.Told(key, event.toJson().toString(), words(event), subject(event));
      if (ProviderAdviceRows.claim(across, user.id(), told)) {
        fresh.add(new Item(key, GoCardlessEvents.meaning(event), true));
      } else {
        repeated++;
      }
    }
    var known =
        fresh.stream().map(Item::key).collect(HashSet<AdviceKey>::new, Set::add, Set::addAll);
    var items = new ArrayList<>(fresh);
    var since = across.now().minus(TRIED_FOR);
    for (var waiting :
        ProviderAdviceRows.waiting(across.handle(), user.id(), since, TRIED_AT_ONCE)) {
      if (!known.contains(waiting.key())) {
        items.add(new Item(waiting.key(), meaning(waiting.event()), false));
      }
    }
    var taking = new Taking(across, user, days, repeated);
    if (!items.isEmpty()) taking.doAll(items);
    return taking;
  }

  /// @param isFresh whether it is told for the first time
  private record Item(AdviceKey key, Meaning meaning, boolean isFresh) {}

  private sealed interface Ending {
    /// @param about null for what is nobody's
    record Applied(@Nullable About about) implements Ending {}

    /// It is done, and a person is told something of it.
    record Noted(String why, About about) implements Ending {}

    /// @param about whose it must be, if that at least is clear
    record Parked(String why, @Nullable About about) implements Ending {}
  }

  /// One batch of events in its transaction.
  private final class Taking {
    private final Across across;
    private final ServiceUser user;
    private final Map<ResourceId, LocalDate> days;
    private final int repeated;
    private final List<Doubles.Doubled> doubled = new ArrayList<>();
    private int applied;
    private int parked;

    Taking(Across across, ServiceUser user, Map<ResourceId, LocalDate> days, int repeated) {
      this.across = across;
      this.user = user;
      this.days = days;
      this.repeated = repeated;
    }

    Taken taken() {
      return new Taken(applied, parked, repeated);
    }

    void doAll(List<Item> items) {
      var known =
          Known.of(
              across, user, items.stream().flatMap(item -> refs(item.meaning()).stream()).toList());
      var parkings = new Parkings(across, user);
      boolean moved = false;
      for (var item : items) {
        switch (end(known, item.meaning())) {
          case Ending.Applied(var about) -> {
            ProviderAdviceRows.applied(across.handle(), user.id(), item.key(), about, across.now());
            moved |= about != null;
            if (item.isFresh()) applied++;
          }
          case Ending.Noted(var why, var about) -> {
            ProviderAdviceRows.applied(across.handle(), user.id(), item.key(), about, across.now());
            moved = true;
            if (item.isFresh()) applied++;
            if (note(item, why, about)) parkings.add(about);
          }
          case Ending.Parked(var why, var about) -> {
            ProviderAdviceRows.parked(across.handle(), user.id(), item.key(), why, about);
            if (item.isFresh()) {
              parked++;
              parkings.add(about);
            }
          }
        }
      }
      for (var each : doubled) parkings.add(each.about());
      parkings.tell(across, items.getFirst().meaning().eventId().text());
      if (moved || parked > 0) after.accept(across, user);
    }

    /// @return whether nobody has been told before
    private boolean note(Item item, String why, About about) {
      var event = item.meaning().eventId();
      var key = AdviceKey.of(List.of("gocardless", "note", event.text()));
      var told = new ProviderAdviceRows.Told(key, null, why, event.text());
      boolean isFresh = ProviderAdviceRows.claim(across, user.id(), told);
      if (isFresh) {
        ProviderAdviceRows.parked(
            across.handle(), user.id(), key, "It was taken in, and not all of it is clear.", about);
      }
      return isFresh;
    }

    private Ending end(Known known, Meaning meaning) {
      return switch (meaning) {
        case OfMandate of -> end(known, of);
        case OfPayment of -> end(known, of);
        case Unclear(var done, var why) -> noted(end(known, done), why);
        case MandateReplaced(_, _, var mandate, var replacedBy) ->
            replace(known, mandate, replacedBy);
        case InviteViewed _, InviteCompleted _, InviteEnded _ ->
            new Ending.Parked("The invite on GoCardless's pages is none of this server's.", null);
        case Irrelevant _ -> new Ending.Applied(null);
        case Unmapped(_, var why) -> new Ending.Parked(why, null);
      };
    }

    private static Ending noted(Ending ending, String why) {
      return ending instanceof Ending.Applied(var about) && about != null
          ? new Ending.Noted(why, about)
          : ending;
    }

    private Ending end(Known known, OfMandate of) {
      var mandate = known.mandate(of.mandate());
      if (mandate == null) {
        // It was lodged anew since, or what takes its place is known.
        var former = known.formerMandate(of.mandate());
        return former == null
            ? new Ending.Parked("No mandate here is known by this name.", null)
            : new Ending.Applied(former);
      }
      if (isOvertaken(mandate, of)) return new Ending.Applied(mandate);

      var why =
          across.in(mandate.workspace(), tx -> instruction(tx, mandate, of.mandate(), of.event()));
      return why.isEmpty()
          ? new Ending.Applied(mandate)
          : misfit(mandate, of.event(), of.at(), why.get());
    }

    private boolean isPast(About about, String kind, ResourceId ref, Instant at) {
      return ProviderAdviceRows.isPast(across.handle(), user.id(), about, kind, ref.text(), at);
    }

    private Ending end(Known known, OfPayment of) {
      var debit = known.debit(of.payment());
      if (debit == null) {
        return new Ending.Parked("No debit here is known by this name.", null);
      }
      var about = debit.about();
      boolean isPast = isPast(about, "payment", of.payment(), of.at());
      // Of what is told for the same instant, what has been done is the newer.
      boolean isNews =
          of.event() instanceof SchemeEvent.DebitSubmitted
              ? !ProviderAdviceRows.isOvertaken(across.handle(), user.id(), about, of.at())
              : !isPast;
      var day = days.get(of.payment());
      if (!across.in(about.workspace(), tx -> debit(tx, debit, of, day, isNews))) {
        return misfit(about, of.event(), of.at(), MISFIT);
      }
      doubles.find(across, user, about).ifPresent(doubled::add);
      return of.event() instanceof DebitResubmitted && isNews && day == null
          ? new Ending.Parked("It is not known yet for which day it is presented again.", about)
          : new Ending.Applied(about);
    }

    /// An end before something newer, and a reinstatement before another end, say nothing any more,
    /// in whatever order they are told.
    private boolean isOvertaken(About mandate, OfMandate of) {
      return of.event() instanceof SchemeEvent.InstructionReinstated
          ? ProviderAdviceRows.isFollowed(across.handle(), user.id(), mandate, of.at(), ENDS)
          : isEnd(of.event()) && isPast(mandate, "mandate", of.mandate(), of.at());
    }

    /// An old event that would have been on the way to what has happened since is done with.
    private Ending misfit(About about, SchemeEvent event, Instant at, String why) {
      boolean isStep =
          event instanceof DebitResubmitted
              || event instanceof SchemeEvent.InstructionSubmitted
              || event instanceof SchemeEvent.InstructionAccepted
              || event instanceof SchemeEvent.DebitSubmitted
              || event instanceof SchemeEvent.DebitCollected
              || event instanceof SchemeEvent.DebitSettled;
      return isStep && ProviderAdviceRows.isOvertaken(across.handle(), user.id(), about, at)
          ? new Ending.Applied(about)
          : new Ending.Parked(why.equals(MISFIT) ? MISFIT + known(about) + "." : why, about);
    }

    private String known(About about) {
      return across.in(
          about.workspace(),
          tx ->
              about.attempt() == null
                  ? "the mandate is " + mandateStatus(tx, about.mandate())
                  : "the debit is " + status(tx, new AttemptId(about.attempt())).word());
    }

    private static boolean isEnd(SchemeEvent event) {
      return event instanceof SchemeEvent.InstructionRejected
          || event instanceof SchemeEvent.InstructionCancelled
          || event instanceof SchemeEvent.InstructionWithdrawn
          || event instanceof SchemeEvent.InstructionBlocked
          || event instanceof SchemeEvent.DormancyReached;
    }

    private Ending replace(Known known, ResourceId mandate, ResourceId replacedBy) {
      var about = known.mandate(mandate);
      if (about == null) {
        return known.mandate(replacedBy) == null
            ? new Ending.Parked("No mandate here is known by this name.", null)
            : new Ending.Applied(known.mandate(replacedBy));
      }
      across.in(
          about.workspace(),
          tx -> {
            mandates.renamed(tx, new MandateId(about.mandate()), mandate.text(), replacedBy.text());
            return tx;
          });
      known.replaced(about, mandate, replacedBy);
      return new Ending.Applied(about);
    }
  }

  /// @return why it does not fit what is known, and nothing has changed; empty if it fits
  private Optional<String> instruction(Tx tx, About about, ResourceId ref, SchemeEvent event) {
    var mandate = about.mandate();
    switch (mandates.apply(tx, new MandateId(mandate), event).orElse(null)) {
      case null -> {
        return Optional.of(MISFIT);
      }
      case Move.Illegal(var state) -> {
        return switch (event) {
          // Lodged at another bank, it stays in force meanwhile.
          case SchemeEvent.InstructionSubmitted _ when state instanceof MandateState.InForce ->
              Optional.empty();
          // What was in force has not failed to start: it ends.
          case SchemeEvent.InstructionRejected(var reason, _)
              when state instanceof MandateState.InForce ->
              instruction(tx, about, ref, new SchemeEvent.InstructionCancelled(reason));
          case SchemeEvent.DormancyReached _ when state instanceof MandateState.Ended ->
              Optional.empty();
          case SchemeEvent _ -> Optional.of(MISFIT);
        };
      }
      case Move.Doubtful(_, var why, _) -> {
        return Optional.of(why);
      }
      case Move.Moved _, Move.Unchanged _, Move.NotReactivatable _ -> {}
    }
    switch (event) {
      case SchemeEvent.InstructionAccepted _ -> Instructions.accept(tx, mandate, ref.text());
      case SchemeEvent.InstructionRejected(var reason, _) ->
          Instructions.comeBack(tx, mandate, ref.text(), reason);
      case SchemeEvent.InstructionCancelled(var reason) ->
          Instructions.comeBack(tx, mandate, ref.text(), reason);
      case SchemeEvent.InstructionWithdrawn _, SchemeEvent.InstructionBlocked _ ->
          Instructions.comeBack(tx, mandate, ref.text(), null);
      case SchemeEvent.InstructionSubmitted _,
          SchemeEvent.InstructionAmended _,
          SchemeEvent.InstructionMoved _,
          SchemeEvent.AccountTransferred _,
          SchemeEvent.NoticeDisputed _,
          SchemeEvent.InstructionReinstated _,
          SchemeEvent.DormancyReached _,
          SchemeEvent.OfDebit _,
          SchemeEvent.OfClaim _ -> {}
    }
    return Optional.empty();
  }

  /// What is told of a payment that has ended here says that GoCardless has taken it up again, if
  /// it is news: whatever was planned in its place is dropped with that.
  ///
  /// @param day for which GoCardless presents it again, if that is asked for and known
  /// @param isNews whether nothing has been done of what it has told of the payment since
  /// @return whether it fits what is known; if not, nothing has changed
  private boolean debit(
      Tx tx, Known.Debit debit, OfPayment of, @Nullable LocalDate day, boolean isNews) {
    var attempt = debit.attempt();
    return switch (of.event()) {
      case SchemeEvent.DebitReturned _, SchemeEvent.DebitCancelled _, DebitResubmitted _
          when !isNews ->
          true;
      case DebitResubmitted _ -> takenUp(tx, attempt, day);
      case SchemeEvent.DebitSubmitted _ -> {
        if (isNews && hasEnded(tx, attempt)) yield takenUp(tx, attempt, day);
        yield true;
      }
      case SchemeEvent.DebitCancelled cancelled -> {
        if (status(tx, attempt) == AttemptStatus.FAILED) takenUp(tx, attempt, day);
        yield presentations.apply(tx, attempt, cancelled).fits();
      }
      // A later event may have said so by what it said itself.
      case SchemeEvent.DebitCollected _ when isCollected(tx, attempt) -> true;
      case SchemeEvent.DebitCollected collected -> {
        if (isNews && hasEnded(tx, attempt)) takenUp(tx, attempt, day);
        yield presentations.apply(tx, attempt, collected).fits();
      }
      case SchemeEvent.DebitSettled settled -> {
        collect(tx, attempt, isNews);
        yield presentations.apply(tx, attempt, settled).fits();
      }
      // It failed before, so that it was presented again in between.
      case SchemeEvent.DebitReturned returned -> {
        if (status(tx, attempt) == AttemptStatus.FAILED) takenUp(tx, attempt, day);
        yield of.providerRetries()
            ? presentations.returnedForNow(tx, attempt, returned).fits()
            : presentations.apply(tx, attempt, returned).fits();
      }
      case SchemeEvent.ClaimRaised raised -> {
        collect(tx, attempt, isNews);
        // A payment can be claimed back, have the claim withdrawn, and be claimed back once more.
        var notice = debit.notice(of.payment() + "/" + of.eventId());
        yield claims.receive(tx, notice, raised).fits();
      }
      case SchemeEvent.ClaimWithdrawn withdrawn -> claim(tx, debit, withdrawn);
      case SchemeEvent.ClaimSettled settled -> claim(tx, debit, settled);
      case SchemeEvent.DebitRejected _, SchemeEvent.OfInstruction _ ->
          presentations.apply(tx, attempt, of.event()).fits();
    };
  }

  private boolean claim(Tx tx, Known.Debit debit, SchemeEvent.OfClaim event) {
    return tx.query(
            """
            select bank_ref from claim
            where workspace_id = :workspace and attempt_id = :attempt
            order by id desc limit 1
            """)
        .bind("attempt", debit.attempt().text())
        .mapTo(String.class)
        .findOne()
        .map(bankRef -> claims.receive(tx, debit.notice(bankRef), event).fits())
        .orElse(false);
  }

  private boolean hasEnded(Tx tx, AttemptId attempt) {
    var status = status(tx, attempt);
    return status == AttemptStatus.FAILED || status == AttemptStatus.CANCELLED;
  }

  private boolean takenUp(Tx tx, AttemptId attempt, @Nullable LocalDate day) {
    return presentations.apply(tx, attempt, new DebitResubmitted(day)).fits();
  }

  private void collect(Tx tx, AttemptId attempt, boolean isNews) {
    if (isNews && hasEnded(tx, attempt)) takenUp(tx, attempt, null);
    if (status(tx, attempt) == AttemptStatus.SUBMITTED) {
      presentations.apply(tx, attempt, new SchemeEvent.DebitCollected());
    }
  }

  private boolean isCollected(Tx tx, AttemptId attempt) {
    var status = status(tx, attempt);
    return status == AttemptStatus.COLLECTED || status == AttemptStatus.SETTLED;
  }

  private static String mandateStatus(Tx tx, String mandate) {
    return tx.query("select status from mandate where workspace_id = :workspace and id = :id")
        .bind("id", mandate)
        .mapTo(String.class)
        .one();
  }

  private AttemptStatus status(Tx tx, AttemptId attempt) {
    return presentations.status(tx, attempt).orElseThrow();
  }

  private static List<ResourceId> refs(Meaning meaning) {
    return switch (meaning) {
      case OfMandate of -> List.of(of.mandate());
      case OfPayment of -> List.of(of.payment());
      case MandateReplaced of -> List.of(of.mandate(), of.replacedBy());
      case Unclear(var done, _) -> refs(done);
      case InviteViewed _, InviteCompleted _, InviteEnded _, Irrelevant _, Unmapped _ -> List.of();
    };
  }

  static AdviceKey key(ResourceId event) {
    return AdviceKey.of(List.of("gocardless", "event", event.text()));
  }

  private static Meaning meaning(String event) {
    try {
      return GoCardlessEvents.meaning(GoCardlessEvent.read(Fields.of(event.getBytes(UTF_8))));
    } catch (Malformed e) {
      throw new IllegalStateException("what was kept can be read", e);
    }
  }

  private static String words(GoCardlessEvent event) {
    return switch (event) {
      case Garbled _ -> event.id() + ", which cannot be read";
      case Told told -> {
        var details = told.details();
        var why = details.reasonCode() == null ? details.cause() : details.reasonCode();
        yield brief(told.resourceType())
            + " "
            + brief(told.action())
            + (why == null ? "" : " (" + brief(why) + ")");
      }
    };
  }

  private static String brief(String word) {
    var line = word.replaceAll("[^A-Za-z0-9_.-]", "?");
    return line.length() <= 60 ? line : line.substring(0, 60);
  }

  /// By which GoCardless's dashboard shows what it is about.
  private static String subject(GoCardlessEvent event) {
    if (!(event instanceof Told told)) return event.id().text();

    var kind = told.resourceType().replaceFirst("s$", "");
    return Optional.ofNullable(told.links().get(kind)).orElse(event.id()).text();
  }
}
