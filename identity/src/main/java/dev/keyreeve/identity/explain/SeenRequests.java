package dev.keyreeve.identity.explain;

import java.util.List;

/// What is remembered of requests.
@FunctionalInterface
public interface SeenRequests {
  /// The calls of a request in their order; one that stands for all where the request was refused
  /// as a whole; none if nothing is remembered.
  List<SeenCall> find(String requestId);
}
