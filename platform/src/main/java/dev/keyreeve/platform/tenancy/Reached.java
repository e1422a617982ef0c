package dev.keyreeve.platform.tenancy;

import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one place that turns what a call names, or leaves unnamed, into a workspace or an
/// organisation that its caller may know of. What lies outside is answered like what is not there.
/// Rows that are looked up by their own id are found [Within] the caller's reach.
public final class Reached {
  public static final Reason WORKSPACE_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "workspace_not_found", "There is no such workspace.");
  public static final Reason WORKSPACE_NOT_NAMED =
      new Reason(
          Code.BAD_REQUEST, "workspace_not_named", "The command line has to name a workspace.");
  public static final Reason ORGANISATION_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "organisation_not_found", "There is no such organisation.");
  public static final Reason ORGANISATION_NOT_NAMED =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "organisation_missing",
          "The command line belongs to no organisation: name one in organisation_id.");

  /// With which [#workspace(Call)] refuses.
  public static final List<Reason> OF_WORKSPACE = List.of(WORKSPACE_NOT_FOUND, WORKSPACE_NOT_NAMED);

  private Reached() {}

  /// The workspace that the input names, or the caller's own.
  public static Outcome<String> workspace(Call<?, ?> call) {
    var named = call.input() instanceof InWorkspace input ? input.workspaceId() : null;
    if (named != null) return workspace(call.caller(), named);

    return switch (call.caller().reach()) {
      case Reach.Nowhere _ -> Outcome.refused(WORKSPACE_NOT_FOUND);
      case Reach.OneWorkspace(_, var own) -> Outcome.done(own);
      case Reach.Everywhere _ -> Outcome.refused(WORKSPACE_NOT_NAMED);
    };
  }

  /// The workspace that is named. That it is there is not looked at.
  public static Outcome<String> workspace(Caller caller, String named) {
    return caller.reach().includesWorkspace(named)
        ? Outcome.done(named)
        : Outcome.refused(WORKSPACE_NOT_FOUND);
  }

  /// The one workspace that is named, or that a caller is held to; empty for all, where it is named
  /// by nobody and the caller knows of all.
  public static Outcome<Optional<String>> workspaceOrAll(Caller caller, @Nullable String named) {
    if (named != null) {
      return workspace(caller, named).then(found -> Outcome.done(Optional.of(found)));
    }
    return switch (caller.reach()) {
      case Reach.Nowhere _ -> Outcome.refused(WORKSPACE_NOT_FOUND);
      case Reach.OneWorkspace(_, var own) -> Outcome.done(Optional.of(own));
      case Reach.Everywhere _ -> Outcome.done(Optional.empty());
    };
  }

  /// The organisation that is named, or the caller's own. That it is there is not looked at.
  public static Outcome<String> organisation(Caller caller, @Nullable String named) {
    if (named != null) {
      return caller.reach().includesOrganisation(named)
          ? Outcome.done(named)
          : Outcome.refused(ORGANISATION_NOT_FOUND);
    }
    return switch (caller.reach()) {
      case Reach.Nowhere _ -> Outcome.refused(ORGANISATION_NOT_FOUND);
      case Reach.OneWorkspace(var own, _) -> Outcome.done(own);
      case Reach.Everywhere _ -> Outcome.refused(ORGANISATION_NOT_NAMED);
    };
  }
}
