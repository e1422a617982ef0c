package dev.keyreeve.directdebit.collector.serviceuser;

import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.util.List;

/// Which service user a call is about: that of its workspace.
public final class ServiceUserOf {
  public static final Reason NO_COLLECTOR =
      new Reason(
          Code.CONFLICT, "no_service_user", "The workspace collects by no service user yet.");
  public static final Reason SHARED =
      new Reason(
          Code.FORBIDDEN,
          "shared_service_user",
          "Others collect by the same service user, so this is for the command line.");

  /// With which [#of] refuses.
  public static final List<Reason> REFUSALS =
      List.of(Reached.WORKSPACE_NOT_FOUND, Reached.WORKSPACE_NOT_NAMED, NO_COLLECTOR);

  /// With which [#unshared] refuses.
  public static final List<Reason> UNSHARED_REFUSALS =
      List.of(Reached.WORKSPACE_NOT_FOUND, Reached.WORKSPACE_NOT_NAMED, NO_COLLECTOR, SHARED);

  private ServiceUserOf() {}

  public static Outcome<ServiceUser> of(Call<?, ?> call, ServiceUsers users) {
    return Reached.workspace(call)
        .then(
            workspace ->
                users
                    .ofWorkspace(workspace)
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused(none(workspace, users))));
  }

  /// Only the command line can name a workspace that is not there.
  private static Reason none(String workspace, ServiceUsers users) {
    return users.knows(workspace) ? NO_COLLECTOR : Reached.WORKSPACE_NOT_FOUND;
  }

  /// The same for what shows or changes all that is the service user's: whoever asks must reach
  /// every workspace that collects by it.
  public static Outcome<ServiceUser> unshared(Call<?, ?> call, ServiceUsers users) {
    return of(call, users)
        .then(
            user ->
                users.workspaces(user.id()).stream()
                        .allMatch(call.caller().reach()::includesWorkspace)
                    ? Outcome.done(user)
                    : Outcome.refused(SHARED));
  }
}
