package dev.keyreeve.procedure.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.MandatesApi;
import dev.keyreeve.procedure.NotesApi;
import dev.keyreeve.procedure.http.Canonical;
import dev.keyreeve.procedure.http.CanonicalRequest;
import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TestRequest;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.rest.RestProtocol;
import dev.keyreeve.procedure.trpc.TrpcProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/// The notes, in REST at `/nn` and in tRPC at `/nn/trpc`, for a caller who may do everything.
@NullMarked
final class NotesServer {
  private final Protocol rest = new RestProtocol("/nn", MandatesApi.calls(NotesApi.api()));
  private final Protocol trpc = new TrpcProtocol("/nn/trpc", MandatesApi.calls(NotesApi.api()));

  /// One line for the method and target, and one for each header.
  Reply send(String head, String body) {
    return send(head, body.getBytes(UTF_8));
  }

  Reply send(String head, byte[] body) {
    var request = request(head.lines().toList());
    var accepted = (Canonical.Accepted) CanonicalRequest.of(request, TrustedProxies.NONE);
    var protocol = accepted.head().path().startsWith("/nn/trpc") ? trpc : rest;
    return switch (protocol.plan(accepted.head())) {
      case Protocol.Plan.Settled(var reply) -> reply;
      case Protocol.Plan.Open plan when body.length > plan.maxBytes() ->
          plan.exchange().refuse(Problem.of(Reasons.TOO_LARGE));
      case Protocol.Plan.Open plan -> {
        var caller = MandatesApi.callerWith(MandatesApi.READ, MandatesApi.WRITE);
        yield ((Answer.Whole) plan.exchange().answer(caller, body)).reply();
      }
    };
  }

  Reply json(String head, String body) {
    return send(head + "\nContent-Type: application/json", body);
  }

  private static TestRequest request(List<String> lines) {
    var start = lines.getFirst().split(" ", 2);
    var request = TestRequest.get(start[1]).method(start[0]);
    for (var line : lines.subList(1, lines.size())) {
      var header = line.split(": ", 2);
      request = request.with(header[0], header[1]);
    }
    return request;
  }

  static String text(Reply reply) {
    return new String(reply.body(), UTF_8);
  }

  /// The headers beside those that every answer has.
  static List<String> headers(Reply reply) {
    return reply.headers().stream()
        .filter(header -> !List.of("content-type", "cache-control", "vary").contains(header.name()))
        .map(Header::toString)
        .toList();
  }

  /// The status, the reason, and path and code of each issue.
  static List<String> refusal(Reply reply) {
    var reason = Pattern.compile("\"reason\":\"([^\"]*)\"").matcher(text(reply));
    var found = new ArrayList<String>();
    found.add(reply.status() + (reason.find() ? " " + reason.group(1) : ""));
    Pattern.compile("\"path\":\"([^\"]*)\",\"code\":\"([^\"]*)\"")
        .matcher(text(reply))
        .results()
        .forEach(issue -> found.add(issue.group(1) + " " + issue.group(2)));
    return found;
  }
}
