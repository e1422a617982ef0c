package dev.keyreeve.identity.explain;

import java.util.List;

class RememberedRequestsTest extends SeenRequestsContract {
  private final RememberedRequests requests = new RememberedRequests();

  @Override
  protected void remember(String requestId, List<SeenCall> calls) {
    calls.forEach(call -> requests.remember(requestId, call));
  }

  @Override
  protected SeenRequests requests() {
    return requests;
  }
}
