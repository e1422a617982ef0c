package dev.keyreeve.server.http;

import io.vertx.core.http.HttpServerRequest;

/// What is done with requests. Called on an event loop.
interface Requests {
  void handle(HttpServerRequest request);

  /// What came is no HTTP.
  void refuseMalformed(HttpServerRequest request);
}
