package dev.keyreeve.identity.explain;

import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.identity.requestlog.LogSearch;
import dev.keyreeve.identity.requestlog.RequestLog;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class LoggedRequestsTest extends SeenRequestsContract {
  private TestIdentity platform;

  @BeforeEach
  void start() {
    platform = TestIdentity.start();
    var jdbi = platform.database().jdbi();
    new RequestLog(jdbi, "node_1", RequestLog.Keeping.USUAL, platform.clock()).turnOver();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Override
  protected void remember(String requestId, List<SeenCall> calls) {
    platform
        .database()
        .jdbi()
        .useTransaction(handle -> calls.forEach(call -> insert(handle, requestId, call)));
  }

  private static void insert(Handle handle, String requestId, SeenCall call) {
    handle
        .createUpdate(
            """
            insert into request_log (at, request_id, procedure, outcome, reason, status, address,
                                     calls, latency_micros, node)
            values (:at, :requestId, :procedure, :outcome, :reason, 200, :address::inet, :calls, 1,
                    'node_1')
            """)
        .bind("at", call.at())
        .bind("requestId", requestId)
        .bind("procedure", call.procedure())
        .bind("outcome", call.outcome())
        .bind("reason", call.reason())
        .bind("address", call.address().toString())
        .bind("calls", call.calls())
        .execute();
  }

  @Override
  protected SeenRequests requests() {
    return new LoggedRequests(new LogSearch(platform.database().jdbi(), platform.tenancy()));
  }
}
