package dev.keyreeve.server.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ends connections on which a request takes too long to arrive, be it byte by byte. A client has
/// so much time for a head, counted from the connection or the last answer, and as much again for
/// the body. An answer takes as long as it takes.
///
/// Belongs to one event loop. A request costs a look-up and no reading of a clock: time is counted
/// in ticks.
final class SlowClients {
  static final Duration TICK = Duration.ofSeconds(1);

  private final Map<HttpConnection, Arrival> arrivals = new HashMap<>();
  private final long patience;
  private long now;

  private static final class Arrival {
    private @Nullable HttpServerRequest begun;
    private long since;
  }

  SlowClients(Duration patience) {
    this.patience = patience.dividedBy(TICK);
  }

  void connected(HttpConnection connection) {
    var arrival = new Arrival();
    arrival.since = now;
    arrivals.put(connection, arrival);
    connection.closeHandler(_ -> arrivals.remove(connection));
  }

  void begun(HttpServerRequest request) {
    var arrival = arrivals.get(request.connection());
    if (arrival == null) return;
    arrival.begun = request;
    arrival.since = now;
  }

  /// To be called once in each [#TICK].
  void tick() {
    now++;
    var late = new ArrayList<HttpConnection>();
    arrivals.forEach(
        (connection, arrival) -> {
          if (isLate(arrival)) late.add(connection);
        });
    late.forEach(HttpConnection::close);
  }

  private boolean isLate(Arrival arrival) {
    var request = arrival.begun;
    if (request == null || !request.isEnded()) return now - arrival.since > patience;

    if (isAnswered(request)) arrival.begun = null;
    arrival.since = now;
    return false;
  }

  private static boolean isAnswered(HttpServerRequest request) {
    return request.response().ended() || request.response().closed();
  }
}
