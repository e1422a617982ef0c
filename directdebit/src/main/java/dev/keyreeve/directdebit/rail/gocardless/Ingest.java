package dev.keyreeve.directdebit.rail.gocardless;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.AttemptStatus;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.claim.Claims;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.MandateId;
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
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Unmapped;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows.About;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows.Parkings;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
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

  private static final String MISFIT = "It does not fit what is known here.";

  /// Longest wait for whoever holds the service user: GoCardless waits ten seconds for an answer.
  private static final String LOCK_TIMEOUT = "8s";

  private final Tenancy tenancy;
  private final SchemeReports mandates;
  private final Presentations presentations;
  private final Claims claims;
  private final BiConsumer<Across, ServiceUser> after;

  /// @param after told when something was done, in the same transaction
  Ingest(
      Tenancy tenancy,
      SchemeReports mandates,
      Presentations presentations,
      Claims claims,
      BiConsumer<Across, ServiceUser> after) {
    this.tenancy = tenancy;
    this.mandates = mandates;
    this.presentations = presentations;
    this.claims = claims;
    this.after = after;
  }

  /// @param applied events that did something, or told what was so already
  /// @param parked events that wait
  /// @param repeated events that were told before
  record Taken(int applied, int parked, int repeated) {}

  /// Takes in what a webhook tells.
  Taken take(String serviceUser, List<GoCardlessEvent> events, Instant now) {
    return tenancy.across(now, across -> take(across, held(across, serviceUser), events).taken());
  }

  /// Takes in what a poll tells, and keeps where to go on.
  Taken take(String serviceUser, GoCardlessPoll.Batch batch, Instant now) {
    return tenancy.across(
        now,
        across -> {
          var taken = take(across, held(across, serviceUser), batch.events()).taken();
          GoCardlessAccountRows.read(across.handle(), serviceUser, batch.cursor(), now);
          return taken;
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

  private Taking take(Across across, ServiceUser user, List<GoCardlessEvent> events) {
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
    var taking = new Taking(across, user, repeated);
    if (!items.isEmpty()) taking.doAll(items);
    return taking;
  }

  /// @param isFresh whether it is told for the first time
  private record Item(AdviceKey key, Meaning meaning, boolean isFresh) {}

  private sealed interface Ending {
    /// @param about null for what is nobody's
    record Applied(@Nullable About about) implements Ending {}

    /// @param about whose it must be, if that at least is clear
    record Parked(String why, @Nullable About about) implements Ending {}
  }

  /// One batch of events in its transaction.
  private final class Taking {
    private final Across across;
    private final ServiceUser user;
    private final int repeated;
    private int applied;
    private int parked;

    Taking(Across across, ServiceUser user, int repeated) {
      this.across = across;
      this.user = user;
      this.repeated = repeated;
    }

    Taken taken() {
      return new Taken(applied, parked, repeated);
    }

    void doAll(List<Item> items) {
      var known =
          Known.of(across, user, items.stream().flatMap(item -> refs(item).stream()).toList());
      var parkings = new Parkings(across, user);
      boolean moved = false;
      for (var item : items) {
        switch (end(known, item.meaning())) {
          case Ending.Applied(var about) -> {
            ProviderAdviceRows.applied(across.handle(), user.id(), item.key(), about, across.now());
            moved |= about != null;
            if (item.isFresh()) applied++;
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
      parkings.tell(across, items.getFirst().meaning().eventId().text());
      if (moved || parked > 0) after.accept(across, user);
    }

    private Ending end(Known known, Meaning meaning) {
      return switch (meaning) {
        case OfMandate of -> end(known, of);
        case OfPayment of -> end(known, of);
        case MandateReplaced(_, _, var mandate, var replacedBy) ->
            replace(known, mandate, replacedBy);
        case InviteViewed _, InviteCompleted _, InviteEnded _ ->
            new Ending.Parked("The invite on GoCardless's pages is none of this server's.", null);
        case Irrelevant _ -> new Ending.Applied(null);
        case Unmapped(_, var why) -> new Ending.Parked(why, null);
      };
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

    private Ending end(Known known, OfPayment of) {
      var debit = known.debit(of.payment());
      if (debit == null) {
        return new Ending.Parked("No debit here is known by this name.", null);
      }
      var about = debit.about();
      return across.in(about.workspace(), tx -> debit(tx, debit, of))
          ? new Ending.Applied(about)
          : misfit(about, of.event(), of.at(), MISFIT);
    }

    /// A cancellation that was undone later, and a reinstatement before another cancellation, say
    /// nothing any more, in whatever order they are told.
    private boolean isOvertaken(About mandate, OfMandate of) {
      return switch (of.event()) {
        case SchemeEvent.InstructionCancelled _ ->
            isFollowed(mandate, of.at(), List.of("reinstated"));
        case SchemeEvent.InstructionReinstated _ ->
            isFollowed(mandate, of.at(), List.of("cancelled", "failed", "expired"));
        case SchemeEvent.OfInstruction _, SchemeEvent.OfDebit _, SchemeEvent.OfClaim _ -> false;
      };
    }

    private boolean isFollowed(About mandate, Instant at, List<String> actions) {
      return ProviderAdviceRows.isFollowed(across.handle(), user.id(), mandate, at, actions);
    }

    /// An old event that would have been on the way to what has happened since is done with.
    private Ending misfit(About about, SchemeEvent event, Instant at, String why) {
      boolean isStep =
          event instanceof SchemeEvent.InstructionSubmitted
              || event instanceof SchemeEvent.InstructionAccepted
              || event instanceof SchemeEvent.DebitSubmitted
              || event instanceof SchemeEvent.DebitCollected
              || event instanceof SchemeEvent.DebitSettled;
      return isStep && ProviderAdviceRows.isOvertaken(across.handle(), user.id(), about, at)
          ? new Ending.Applied(about)
          : new Ending.Parked(why, about);
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
    var move = mandates.apply(tx, new MandateId(about.mandate()), event);
    if (move.isEmpty() || move.get() instanceof Move.Illegal) return Optional.of(MISFIT);
    if (move.get() instanceof Move.Doubtful(_, var why, _)) return Optional.of(why);

    var mandate = about.mandate();
    switch (event) {
      case SchemeEvent.InstructionAccepted _ -> Instructions.accept(tx, mandate, ref.text());
      case SchemeEvent.InstructionRejected(var reason, _) ->
          Instructions.comeBack(tx, mandate, ref.text(), reason);
      case SchemeEvent.InstructionCancelled(var reason) ->
          Instructions.comeBack(tx, mandate, ref.text(), reason);
      case SchemeEvent.InstructionWithdrawn _ ->
          Instructions.comeBack(tx, mandate, ref.text(), null);
      case SchemeEvent.InstructionSubmitted _,
          SchemeEvent.InstructionAmended _,
          SchemeEvent.AccountTransferred _,
          SchemeEvent.NoticeDisputed _,
          SchemeEvent.InstructionReinstated _,
          SchemeEvent.DormancyReached _,
          SchemeEvent.OfDebit _,
          SchemeEvent.OfClaim _ -> {}
    }
    return Optional.empty();
  }

  /// @return whether it fits what is known; if not, nothing has changed
  private boolean debit(Tx tx, Known.Debit debit, OfPayment of) {
    var attempt = debit.attempt();
    return switch (of.event()) {
      // A later event may have said so by what it said itself.
      case SchemeEvent.DebitCollected _ when isCollected(tx, attempt) -> true;
      case SchemeEvent.DebitSettled settled -> {
        collect(tx, attempt);
        yield presentations.apply(tx, attempt, settled).fits();
      }
      case SchemeEvent.DebitReturned returned when of.providerRetries() ->
          presentations.returnedForNow(tx, attempt, returned).fits();
      case SchemeEvent.ClaimRaised raised -> {
        collect(tx, attempt);
        // A payment can be claimed back, have the claim withdrawn, and be claimed back once more.
        var notice = debit.notice(of.payment() + "/" + of.eventId());
        yield claims.receive(tx, notice, raised).fits();
      }
      case SchemeEvent.ClaimWithdrawn withdrawn -> claim(tx, debit, withdrawn);
      case SchemeEvent.ClaimSettled settled -> claim(tx, debit, settled);
      case SchemeEvent.DebitSubmitted _,
          SchemeEvent.DebitRejected _,
          SchemeEvent.DebitCancelled _,
          SchemeEvent.DebitCollected _,
          SchemeEvent.DebitReturned _,
          SchemeEvent.OfInstruction _ ->
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

  private void collect(Tx tx, AttemptId attempt) {
    if (status(tx, attempt) == AttemptStatus.SUBMITTED) {
      presentations.apply(tx, attempt, new SchemeEvent.DebitCollected());
    }
  }

  private boolean isCollected(Tx tx, AttemptId attempt) {
    var status = status(tx, attempt);
    return status == AttemptStatus.COLLECTED || status == AttemptStatus.SETTLED;
  }

  private AttemptStatus status(Tx tx, AttemptId attempt) {
    return presentations.status(tx, attempt).orElseThrow();
  }

  private static List<ResourceId> refs(Item item) {
    return switch (item.meaning()) {
      case OfMandate of -> List.of(of.mandate());
      case OfPayment of -> List.of(of.payment());
      case MandateReplaced of -> List.of(of.mandate(), of.replacedBy());
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
