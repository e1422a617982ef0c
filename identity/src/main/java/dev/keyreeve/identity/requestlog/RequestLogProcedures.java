package dev.keyreeve.identity.requestlog;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The request log, for operators.
public final class RequestLogProcedures {
  private static final Reason NO_SUCH_REQUEST =
      new Reason(Code.NOT_FOUND, "request_not_found", "No call of such a request is known.");

  private final LogSearch search;

  public RequestLogProcedures(LogSearch search) {
    this.search = search;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("logs.search", signedIn(Role.VIEWER), get("/logs"))
            .about("Looks up calls, refused ones included, newest first.")
            .takes(LogFilter.class)
            .gives(LogPage.class)
            .refuses(Reached.WORKSPACE_NOT_FOUND, Cursor.INVALID)
            .by(this::search),
        query("logs.request", signedIn(Role.VIEWER), get("/logs/{request_id}"))
            .about("Shows the calls of one request.")
            .takes(OneRequest.class)
            .gives(CallsOfRequest.class)
            .refuses(NO_SUCH_REQUEST)
            .by(this::ofRequest));
  }

  @SnakeCase
  record OneRequest(@Text(max = 24) String requestId) {}

  @SnakeCase
  record CallsOfRequest(List<LogEntry> items) {}

  private Outcome<LogPage> search(Call<LogFilter, LogPage> call) {
    var filter = call.input();
    return Reached.workspaceOrAll(call.caller(), filter.workspaceId())
        .then(workspace -> search(workspace, filter, call.at()));
  }

  private Outcome<LogPage> search(Optional<String> workspace, LogFilter filter, Instant now) {
    var after = filter.cursor() == null ? null : LogSearch.After.parse(filter.cursor());
    if (filter.cursor() != null && after == null) return Outcome.refused(Cursor.INVALID);

    return Outcome.done(search.search(workspace.orElse(null), filter, after, now));
  }

  private Outcome<CallsOfRequest> ofRequest(Call<OneRequest, CallsOfRequest> call) {
    return Reached.workspaceOrAll(call.caller(), null)
        .then(
            workspace -> {
              var calls =
                  search.ofRequest(workspace.orElse(null), call.input().requestId(), call.at());
              return calls.isEmpty()
                  ? Outcome.refused(NO_SUCH_REQUEST)
                  : Outcome.done(new CallsOfRequest(calls));
            });
  }
}
