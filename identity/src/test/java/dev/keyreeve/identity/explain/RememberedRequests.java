package dev.keyreeve.identity.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Requests that a test wrote down.
final class RememberedRequests implements SeenRequests {
  private final Map<String, List<SeenCall>> byId = new HashMap<>();

  void remember(String requestId, SeenCall call) {
    byId.computeIfAbsent(requestId, _ -> new ArrayList<>()).add(call);
  }

  @Override
  public List<SeenCall> find(String requestId) {
    return List.copyOf(byId.getOrDefault(requestId, List.of()));
  }
}
