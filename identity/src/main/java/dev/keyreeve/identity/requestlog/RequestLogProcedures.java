package dev.keyreeve.identity.requestlog;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Operator;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request log, for operators.
public final class RequestLogProcedures {
  private static final Reason NO_SUCH_WORKSPACE =
      new Reason(Code.NOT_FOUND, "workspace_not_found", "There is no such workspace.");
  private static final Reason NO_SUCH_REQUEST =
      new Reason(Code.NOT_FOUND, "request_not_found", "No call of such a request is known.");
  private static final Reason NO_CURSOR =
      new Reason(Code.BAD_REQUEST, "invalid_cursor", "The cursor is none of this list's.");

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
            .refuses(NO_SUCH_WORKSPACE, NO_CURSOR)
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
    var asked = filter.workspaceId();
    if (asked != null && !call.caller().reaches(asked)) return Outcome.refused(NO_SUCH_WORKSPACE);

    var after = filter.cursor() == null ? null : LogSearch.After.parse(filter.cursor());
    if (filter.cursor() != null && after == null) return Outcome.refused(NO_CURSOR);

    var workspace = asked == null ? ownOf(call.caller()) : asked;
    return Outcome.done(search.search(workspace, filter, after, call.at()));
  }

  private Outcome<CallsOfRequest> ofRequest(Call<OneRequest, CallsOfRequest> call) {
    var calls = search.ofRequest(ownOf(call.caller()), call.input().requestId(), call.at());
    return calls.isEmpty()
        ? Outcome.refused(NO_SUCH_REQUEST)
        : Outcome.done(new CallsOfRequest(calls));
  }

  /// The caller's workspace; null for the command line, which sees all.
  private static @Nullable String ownOf(Caller caller) {
    return caller.subject() instanceof Operator ? null : caller.workspace();
  }
}
