package dev.keyreeve.server.http;

import dev.keyreeve.procedure.http.Canonical;
import dev.keyreeve.procedure.problem.Problem;
import io.vertx.core.http.HttpServerRequest;

/// Refuses every request over plain http, in the form of the protocol it was meant for, and ends
/// its connection. It redirects nobody: a client that is sent on has shown its key already, and
/// would do so each time.
final class PlainRefusals implements Requests {
  private static final Problem HTTPS_REQUIRED = Problem.of(Canonical.Refused.HTTPS_REQUIRED);

  private final Mounts mounts;
  private final RequestIds ids = new RequestIds();

  PlainRefusals(Mounts mounts) {
    this.mounts = mounts;
  }

  @Override
  public void handle(HttpServerRequest request) {
    var refusal = mounts.atTarget(request.uri()).refuse(HTTPS_REQUIRED);
    new HttpExchange(request, ids.next()).refuseForGood(refusal);
  }

  @Override
  public void refuseMalformed(HttpServerRequest request) {
    handle(request);
  }
}
