package dev.keyreeve.directdebit.collection.claim;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.InWorkspace;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Declaration;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.Replayable;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What people do about claims, in the operators' API.
public final class ClaimProcedures {
  private static final Cursor LIST = new Cursor("claims");

  private static final Reason CLAIM_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "claim_not_found", "There is no such claim.");
  private static final Reason INVALID_STATE =
      new Reason(Code.CONFLICT, "invalid_state", "The claim's status does not allow this.");
  private static final Reason CHALLENGE_TOO_LATE =
      new Reason(
          Code.CONFLICT, "challenge_too_late", "The deadline for challenging the claim is over.");
  private static final Reason VERSION_MISMATCH =
      new Reason(Code.CONFLICT, "version_mismatch", "The claim has changed since you read it.");

  private final Tenancy tenancy;
  private final Claims claims;

  public ClaimProcedures(Tenancy tenancy, Claims claims) {
    this.tenancy = tenancy;
    this.claims = claims;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("claims.list", signedIn(Role.VIEWER), get("/claims"))
            .about("Lists claims, newest first.")
            .takes(ClaimFilter.class)
            .gives(ClaimList.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(Cursor.INVALID)
            .by(tenancy.reads(ClaimProcedures::list)),
        query("claims.get", signedIn(Role.VIEWER), get("/claims/{id}"))
            .about("Shows a claim.")
            .takes(OneClaim.class)
            .gives(ClaimView.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(CLAIM_NOT_FOUND)
            .by(
                tenancy.reads(
                    (tx, input) ->
                        ClaimRows.find(tx, input.id())
                            .map(claim -> Outcome.done(view(tx, claim)))
                            .orElseGet(() -> Outcome.refused(CLAIM_NOT_FOUND)))),
        step("claims.startReview", "start-review", ClaimStep.START_REVIEW)
            .about("Says that somebody looks at a claim.")
            .takes(ChangeClaim.class)
            .gives(ClaimChange.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(REFUSALS)
            .by(tenancy.writes((tx, input) -> move(tx, input, ClaimStep.START_REVIEW))),
        step("claims.accept", "accept", ClaimStep.ACCEPT)
            .about("Says that the collector does not dispute a claim.")
            .takes(ChangeClaim.class)
            .gives(ClaimChange.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(REFUSALS)
            .by(tenancy.writes((tx, input) -> move(tx, input, ClaimStep.ACCEPT))),
        step("claims.challenge", "challenge", ClaimStep.CHALLENGE)
            .about("Records that the collector disputes a claim under review, by its deadline.")
            .takes(ChangeClaim.class)
            .gives(ClaimChange.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(REFUSALS)
            .refuses(CHALLENGE_TOO_LATE)
            .by(tenancy.writes(this::challenge)),
        step("claims.recordOutcome", "outcome", ClaimStep.UPHOLD)
            .about("Records how the payer's bank answered a challenge.")
            .takes(RecordOutcome.class)
            .gives(ClaimChange.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(REFUSALS)
            .by(tenancy.writes(this::recordOutcome)),
        mutation("claims.assign", signedIn(Role.OPERATOR), post("/claims/{id}/assign"))
            .about("Says who works on a claim, or that nobody does.")
            .takes(AssignClaim.class)
            .gives(ClaimChange.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(REFUSALS)
            .by(tenancy.writes(ClaimProcedures::assign)));
  }

  private static final List<Reason> REFUSALS =
      List.of(CLAIM_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH);

  private static Declaration step(String name, String path, ClaimStep step) {
    if (step.by() != ClaimStep.By.PERSON) throw new IllegalArgumentException(step + " by nobody");

    return mutation(name, signedIn(Role.OPERATOR), post("/claims/{id}/" + path));
  }

  /// @param nextCursor names the next page; absent on the last
  @SnakeCase
  record ClaimList(List<ClaimView> items, @Nullable String nextCursor) {}

  @SnakeCase
  record OneClaim(ClaimId id, @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  /// @param ifVersion change only what you have seen
  @SnakeCase
  record ChangeClaim(
      ClaimId id,
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements InWorkspace, Repeatable {}

  /// How the payer's bank answers a challenge.
  enum ChallengeOutcome {
    /// The debit stands, and the collector keeps the money.
    UPHELD,
    /// The claim stands.
    REJECTED
  }

  /// @param ifVersion change only what you have seen
  @SnakeCase
  record RecordOutcome(
      ClaimId id,
      ChallengeOutcome outcome,
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements InWorkspace, Repeatable {}

  /// @param assignee who works on it, such as an e-mail address; nobody if absent
  /// @param ifVersion change only what you have seen
  @SnakeCase
  record AssignClaim(
      ClaimId id,
      @Nullable @Text(max = 200, plain = true) String assignee,
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements InWorkspace, Repeatable {}

  /// What became of a claim that something was asked of.
  ///
  /// @param changed false if it was so already
  /// @param replayed whether this is the answer of an earlier call with the same idempotency key
  @SnakeCase
  record ClaimChange(ClaimView claim, boolean changed, boolean replayed)
      implements Replayable<ClaimChange> {
    @Override
    public ClaimChange asReplay() {
      return new ClaimChange(claim, changed, true);
    }
  }

  private static Outcome<ClaimList> list(Tx tx, ClaimFilter filter) {
    int limit = Page.limit(filter.limit());
    return LIST.read(filter.cursor(), ClaimId::parse)
        .then(
            before -> {
              var found = ClaimRows.list(tx, filter, before.orElse(null), limit + 1);
              var views = found.stream().map(claim -> view(tx, claim)).toList();
              var page = Page.of(views, limit, last -> LIST.after(last.id().text()));
              return Outcome.done(new ClaimList(page.items(), page.nextCursor()));
            });
  }

  private Outcome<ClaimChange> move(Tx tx, ChangeClaim input, ClaimStep step) {
    return lock(tx, input.id(), input.ifVersion()).then(claim -> carryOut(tx, claim, step));
  }

  private Outcome<ClaimChange> challenge(Tx tx, ChangeClaim input) {
    return lock(tx, input.id(), input.ifVersion())
        .then(
            claim -> {
              boolean isOpen = claim.status() == ClaimStatus.UNDER_REVIEW;
              return isOpen && !claim.isChallengeableOn(London.dateOf(tx.now()))
                  ? Outcome.refused(
                      CHALLENGE_TOO_LATE, Map.of("challengeBy", claim.challengeBy().toString()))
                  : carryOut(tx, claim, ClaimStep.CHALLENGE);
            });
  }

  private Outcome<ClaimChange> recordOutcome(Tx tx, RecordOutcome input) {
    var step =
        switch (input.outcome()) {
          case UPHELD -> ClaimStep.UPHOLD;
          case REJECTED -> ClaimStep.REJECT;
        };
    return lock(tx, input.id(), input.ifVersion()).then(claim -> carryOut(tx, claim, step));
  }

  private static Outcome<ClaimChange> assign(Tx tx, AssignClaim input) {
    return lock(tx, input.id(), input.ifVersion())
        .then(
            claim -> {
              if (Objects.equals(claim.assignee(), input.assignee())) {
                return Outcome.done(new ClaimChange(view(tx, claim), false, false));
              }
              var assigned = ClaimRows.assign(tx, claim.id(), input.assignee());
              return Outcome.done(new ClaimChange(view(tx, assigned), true, false));
            });
  }

  private Outcome<ClaimChange> carryOut(Tx tx, Claim claim, ClaimStep step) {
    var after = claim.status().after(step);
    if (after == null) {
      return Outcome.refused(
          INVALID_STATE,
          Map.of(
              "status",
              claim.status().word(),
              "allowedActions",
              claim.allowedActions(London.dateOf(tx.now())).stream()
                  .map(ClaimAction::word)
                  .toList()));
    }
    if (after == claim.status()) {
      return Outcome.done(new ClaimChange(view(tx, claim), false, false));
    }
    claims.release(tx, claim, after, new SchemeEvent.ClaimWithdrawn(claim.reason()));
    var moved = ClaimRows.move(tx, claim.id(), after, false);
    ClaimEvents.tell(tx, ClaimEvent.of(after), moved, Origin.by(tx.by()));
    return Outcome.done(new ClaimChange(view(tx, moved), true, false));
  }

  private static Outcome<Claim> lock(Tx tx, ClaimId id, @Nullable Integer ifVersion) {
    var found = ClaimRows.lock(tx, id);
    if (found.isEmpty()) return Outcome.refused(CLAIM_NOT_FOUND);

    int version = found.get().version();
    return ifVersion != null && ifVersion != version
        ? Outcome.refused(VERSION_MISMATCH, Map.of("version", version))
        : Outcome.done(found.get());
  }

  private static ClaimView view(Tx tx, Claim claim) {
    return ClaimView.of(claim, London.dateOf(tx.now()));
  }
}
