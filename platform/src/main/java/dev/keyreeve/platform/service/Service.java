package dev.keyreeve.platform.service;

import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.http.Reply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A service that was made: what can be called of it, and what it does by itself.
public interface Service {
  /// Its APIs, and where each answers. An API for keys that speaks REST has its OpenAPI document at
  /// `/{brand}/openapi.json`, and one that speaks tRPC its TypeScript types beside it.
  List<ServedApi> apis();

  /// What people do, beside what keys can: part of the operators' API.
  default List<Procedure<?, ?>> operatorsProcedures() {
    return List.of();
  }

  /// What else it serves that is the same for everybody, such as a page, by its path.
  default Map<String, Reply> pages() {
    return Map.of();
  }

  /// Does what follows when a workspace is opened, in the transaction that opens it. A workspace
  /// that is older than the service is told of when the service first runs. Each is told of once.
  default void opened(Tx tx, OpenedWorkspace workspace) {}

  /// Has everything happen in its time, once among all nodes, as long as the schedule works.
  default void runBy(Schedule schedule) {}

  /// What each node does now and then.
  default List<PeriodicTask> tasks() {
    return List.of();
  }

  /// What it shows to somebody who tries it out, or null for nothing.
  default @Nullable ServiceDemo demo() {
    return null;
  }
}
