package dev.keyreeve.server.http;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.procedure.http.RawRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A request as Vert.x received it.
record VertxRequest(HttpServerRequest request, Address peer, String requestId)
    implements RawRequest {
  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String target() {
    return request.uri();
  }

  @Override
  public boolean requiresHost() {
    return request.version() == HttpVersion.HTTP_1_1;
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> line) {
    request.headers().forEach(line);
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().get(name);
  }
}
