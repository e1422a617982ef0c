package dev.keyreeve.platform.mail;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of mail, for operators.
public final class MailProcedures {
  private static final int DEFAULT_PAGE = 50;
  private static final int LONGEST_REPORT = 256 * 1024;

  private final MailQueue queue;

  public MailProcedures(MailQueue queue) {
    this.queue = queue;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("mail.list", signedIn(Role.VIEWER), get("/mail"))
            .about("Lists what was mailed and what waits, newest first, without its text.")
            .takes(ListMail.class)
            .gives(MailPage.class)
            .refuses(Reached.WORKSPACE_NOT_FOUND)
            .by(this::list),
        mutation("mail.importBounce", signedIn(Role.OPERATOR), post("/mail/bounces"))
            .about("Takes a report that a mail did not arrive, as a mail server wrote it.")
            .takes(ImportBounce.class)
            .gives(MailView.class)
            .refuses(MailQueue.NOT_A_BOUNCE, MailQueue.NO_SUCH_MAIL)
            .by(this::importBounce));
  }

  /// @param before only those with a smaller id: the `next` of the page before
  @SnakeCase
  record ListMail(
      @Text(max = 40) String workspaceId,
      @Nullable MailStatus status,
      @Nullable @Text(max = 40) String subjectId,
      @Nullable @Text(max = 40) String before,
      @Nullable @Range(min = 1, max = 200) Integer limit) {}

  /// @param next what to ask for as `before`, or null if this page is the last
  @SnakeCase
  record MailPage(List<MailView> items, @Nullable String next) {}

  /// @param message the whole report with its headers (RFC 3464)
  @SnakeCase
  record ImportBounce(@Text(max = LONGEST_REPORT, multiline = true) String message) {}

  private Outcome<MailPage> list(Call<ListMail, MailPage> call) {
    var input = call.input();
    int limit = input.limit() == null ? DEFAULT_PAGE : input.limit();
    return Reached.workspace(call.caller(), input.workspaceId())
        .then(
            workspace -> {
              var items =
                  queue.list(workspace, input.status(), input.subjectId(), input.before(), limit);
              return Outcome.done(
                  new MailPage(items, items.size() < limit ? null : items.getLast().id()));
            });
  }

  private Outcome<MailView> importBounce(Call<ImportBounce, MailView> call) {
    var bounce = Bounce.read(call.input().message());
    if (bounce.isEmpty()) return Outcome.refused(MailQueue.NOT_A_BOUNCE);

    return queue
        .find(bounce.get().mailId(), new Within(call.caller().reach()))
        .map(mail -> queue.bounced(mail, bounce.get().status(), call.at()))
        .orElseGet(() -> Outcome.refused(MailQueue.NO_SUCH_MAIL));
  }
}
