package dev.keyreeve.server.http;

import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.Protocol;

/// Something that is the same for everybody, at one path: a document, a page, a sign of life.
///
/// @param refusals gives problems their form; at the root, where everything lies below, it also
///   plans what is not this document
public record Document(String path, Reply reply, Protocol refusals) implements Protocol {
  private static final String ROOT = "/";

  @Override
  public Plan plan(Head head) {
    if (!head.path().equals(path)) {
      return path.equals(ROOT)
          ? refusals.plan(head)
          : new Plan.Settled(refuse(Problem.of(Reasons.UNKNOWN_ROUTE)));
    }
    return new Plan.Settled(
        switch (head.method()) {
          case "GET" -> reply;
          case "HEAD" -> new Reply(reply.status(), reply.headers(), new byte[0]);
          default -> refuse(Problem.methodNotAllowed("GET, HEAD"));
        });
  }

  @Override
  public Reply refuse(Problem problem) {
    return refusals.refuse(problem);
  }

  @Override
  public String toString() {
    return "the document " + path;
  }
}
