package dev.keyreeve.platform.audit;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The audit chains, for operators. A person sees the chain of their own organisation; the command
/// line sees all.
public final class AuditProcedures {
  private static final Reason NO_SUCH_CHAIN =
      new Reason(Code.NOT_FOUND, "chain_not_found", "There is no such audit chain.");

  static final Declared<EntryFilter, AuditTrail.EntryPage> AUDIT_LIST =
      query("audit.list", signedIn(Role.ADMIN), get("/audit"))
          .about("Looks up who changed what, newest first.")
          .takes(EntryFilter.class)
          .gives(AuditTrail.EntryPage.class)
          .refuses(NO_SUCH_CHAIN, Cursor.INVALID);

  static final Declared<WhichChain, Verification> AUDIT_VERIFY =
      query("audit.verify", signedIn(Role.ADMIN), get("/audit/verification"))
          .about("Looks at every entry of the chains, and names the first bad one of each.")
          .takes(WhichChain.class)
          .gives(Verification.class)
          .refuses(NO_SUCH_CHAIN);

  static final Declared<WhichChain, Chains> AUDIT_CHAINS =
      query("audit.chains", signedIn(Role.ADMIN), get("/audit/chains"))
          .about("Names the chains, and the public keys that their checkpoints are signed with.")
          .takes(WhichChain.class)
          .gives(Chains.class)
          .refuses(NO_SUCH_CHAIN);

  static final Declared<WhichPart, AuditTrail.Part> AUDIT_EXPORT =
      query("audit.export", signedIn(Role.ADMIN), get("/audit/chains/{chain}"))
          .about("Gives a part of a chain, with all that it takes to verify it elsewhere.")
          .takes(WhichPart.class)
          .gives(AuditTrail.Part.class)
          .refuses(NO_SUCH_CHAIN);

  private final AuditTrail trail;

  public AuditProcedures(AuditTrail trail) {
    this.trail = trail;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        AUDIT_LIST.by(this::list),
        AUDIT_VERIFY.by(this::verify),
        AUDIT_CHAINS.by(this::chains),
        AUDIT_EXPORT.by(this::part));
  }

  /// @param organisation whose chain, or [AuditLog#SERVER]; every one that the caller may see
  ///   unless said
  @SnakeCase
  record WhichChain(@Nullable @Text(max = 64) String organisation) {}

  /// @param at when the chains were looked at
  /// @param good whether no chain has a flaw
  /// @param publicKeys with which checkpoints were verified: SubjectPublicKeyInfos in base 64
  @SnakeCase
  record Verification(Instant at, boolean good, List<Verdict> chains, List<String> publicKeys) {}

  @SnakeCase
  record Chains(List<String> chains, List<String> publicKeys) {}

  /// @param after number of the last entry of the part before
  @SnakeCase
  record WhichPart(@Text(max = 64) String chain, @Nullable Long after) {}

  private Outcome<AuditTrail.EntryPage> list(Call<EntryFilter, AuditTrail.EntryPage> call) {
    var filter = call.input();
    var after = filter.cursor() == null ? null : AuditTrail.After.parse(filter.cursor());
    if (filter.cursor() != null && after == null) return Outcome.refused(Cursor.INVALID);

    return chain(call.caller(), filter.organisation())
        .then(chain -> Outcome.done(trail.search(chain.orElse(null), filter, after)));
  }

  private Outcome<Verification> verify(Call<WhichChain, Verification> call) {
    return chain(call.caller(), call.input().organisation())
        .then(
            chain -> {
              var verdicts = trail.verify(chain.orElse(null));
              return Outcome.done(
                  new Verification(
                      call.at(),
                      verdicts.stream().allMatch(verdict -> verdict.flaw() == null),
                      verdicts,
                      trail.publicKeys()));
            });
  }

  private Outcome<Chains> chains(Call<WhichChain, Chains> call) {
    return chain(call.caller(), call.input().organisation())
        .then(
            chain ->
                Outcome.done(
                    new Chains(chain.map(List::of).orElseGet(trail::chains), trail.publicKeys())));
  }

  private Outcome<AuditTrail.Part> part(Call<WhichPart, AuditTrail.Part> call) {
    return chain(call.caller(), call.input().chain())
        .then(chain -> Outcome.done(trail.part(chain.orElseThrow(), call.input().after())));
  }

  /// The one chain that is asked for; empty if it is every chain.
  private Outcome<Optional<String>> chain(Caller caller, @Nullable String asked) {
    return switch (caller.reach()) {
      case Reach.Nowhere _ -> Outcome.refused(NO_SUCH_CHAIN);
      case Reach.OneWorkspace(var own, _) ->
          asked == null || asked.equals(own)
              ? Outcome.done(Optional.of(own))
              : Outcome.refused(NO_SUCH_CHAIN);
      case Reach.Everywhere _ ->
          asked == null || trail.knows(asked)
              ? Outcome.done(Optional.ofNullable(asked))
              : Outcome.refused(NO_SUCH_CHAIN);
    };
  }
}
