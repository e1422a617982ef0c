package dev.keyreeve.platform.tenancy;

import dev.keyreeve.access.subject.Operator;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.util.List;

/// Which workspace a call is about.
public final class WorkspaceOf {
  public static final Reason WORKSPACE_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "workspace_not_found", "There is no such workspace.");
  public static final Reason WORKSPACE_NOT_NAMED =
      new Reason(
          Code.BAD_REQUEST, "workspace_not_named", "The command line has to name a workspace.");

  /// With which [#of] refuses.
  public static final List<Reason> REFUSALS = List.of(WORKSPACE_NOT_FOUND, WORKSPACE_NOT_NAMED);

  private WorkspaceOf() {}

  /// The workspace that the input names, or the caller's own.
  public static Outcome<String> of(Call<?, ?> call) {
    var caller = call.caller();
    var named = call.input() instanceof InWorkspace input ? input.workspaceId() : null;
    if (named == null) {
      return caller.subject() instanceof Operator
          ? Outcome.refused(WORKSPACE_NOT_NAMED)
          : Outcome.done(caller.workspace());
    }
    return caller.reaches(named) ? Outcome.done(named) : Outcome.refused(WORKSPACE_NOT_FOUND);
  }
}
