package dev.keyreeve.identity.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.platform.TestPlatform;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What everything that remembers requests keeps to.
public abstract class SeenRequestsContract {
  /// Writes calls of a request down, in this order.
  protected abstract void remember(String requestId, List<SeenCall> calls);

  protected abstract SeenRequests requests();

  @Test
  void findsTheCallsOfARequestInTheirOrder() {
    var first = call("things.get", "ok", null);
    var second = call("things.cancel", "FORBIDDEN", "insufficient_scope");
    remember("req_1", List.of(first, second));
    remember("req_2", List.of(call("things.get", "ok", null)));

    assertThat(requests().find("req_1")).containsExactly(first, second);
  }

  @Test
  void findsNothingOfARequestThatIsNotRemembered() {
    remember("req_1", List.of(call("things.get", "ok", null)));

    assertThat(requests().find("req_9")).isEmpty();
    assertThat(requests().find("")).isEmpty();
  }

  private static SeenCall call(String procedure, String outcome, @Nullable String reason) {
    return new SeenCall(
        TestPlatform.START,
        null,
        null,
        0,
        null,
        Address.parse("192.0.2.1"),
        procedure,
        outcome,
        reason,
        1);
  }
}
