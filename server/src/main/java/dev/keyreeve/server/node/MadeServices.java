package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.service.Mounting;
import dev.keyreeve.platform.service.ServedApi;
import dev.keyreeve.platform.service.Service;
import dev.keyreeve.platform.service.ServiceDemo;
import dev.keyreeve.platform.service.WorkspaceOpenings;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.openapi.OpenApi;
import dev.keyreeve.procedure.protocol.Protocol;
import dev.keyreeve.procedure.typescript.AppRouterTypes;
import dev.keyreeve.server.http.Mounts.Mount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/// The services of a running server, in the order in which they are listed.
///
/// @param byBrand what each is, by the brand that its keys begin with
record MadeServices(Map<String, Service> byBrand) {
  private static final String VERSION = "1.0.0";

  MadeServices {
    byBrand = Collections.unmodifiableMap(new LinkedHashMap<>(byBrand));
  }

  private Stream<ServedApi> served() {
    return byBrand.values().stream().map(Service::apis).flatMap(List::stream);
  }

  List<Api> apis() {
    return served().map(ServedApi::api).toList();
  }

  /// Their parts of the operators' API.
  List<Procedure<?, ?>> operatorsProcedures() {
    return byBrand.values().stream()
        .<Procedure<?, ?>>flatMap(service -> service.operatorsProcedures().stream())
        .toList();
  }

  /// Where their APIs answer.
  ///
  /// @param refusals gives problems their form, where a protocol has none of its own
  List<Mount> mounts(Function<Api, Calls> calls, Protocol refusals) {
    return served()
        .flatMap(
            served ->
                served.mountings().stream()
                    .map(
                        mounting ->
                            new Mount(
                                mounting.path(),
                                mounting.protocol(calls.apply(served.api()), refusals))))
        .toList();
  }

  /// The pages that they serve beside their APIs, each with its path.
  List<Map.Entry<String, Reply>> pages() {
    return byBrand.values().stream()
        .flatMap(service -> service.pages().entrySet().stream())
        .toList();
  }

  /// What follows from their APIs for keys.
  List<ApiDocument> documents() {
    return served().flatMap(MadeServices::documents).toList();
  }

  private static Stream<ApiDocument> documents(ServedApi served) {
    return served.api().audience() instanceof Audience.Keys(var brand)
        ? served.mountings().stream()
            .map(mounting -> document("/" + brand, served.api(), mounting))
            .flatMap(Optional::stream)
        : Stream.empty();
  }

  private static Optional<ApiDocument> document(String folder, Api api, Mounting mounting) {
    return switch (mounting) {
      case Mounting.Rest(_, var base) ->
          Optional.of(
              new ApiDocument(
                  folder + "/openapi.json",
                  api.title(),
                  "OpenAPI",
                  Reply.json(200, bytes(OpenApi.document(api, base, VERSION)))));
      case Mounting.Trpc _ ->
          Optional.of(
              new ApiDocument(
                  folder + "/app-router.d.ts",
                  api.title(),
                  "TypeScript types for tRPC",
                  Reply.of(200, "text/plain; charset=utf-8", bytes(AppRouterTypes.of(api)))));
      // Whoever has laid down its form has described it.
      case Mounting.Special _ -> Optional.empty();
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  WorkspaceOpenings openings(Jdbi jdbi) {
    return new WorkspaceOpenings(jdbi, byBrand);
  }

  void runBy(Schedule schedule) {
    byBrand.values().forEach(service -> service.runBy(schedule));
  }

  void begin(PeriodicTasks tasks) {
    byBrand.values().stream()
        .flatMap(service -> service.tasks().stream())
        .forEach(task -> tasks.every(task.period(), task.name(), task.work()));
  }

  /// What those show that show anything, by their brands.
  Map<String, ServiceDemo> demos() {
    var demos = new LinkedHashMap<String, ServiceDemo>();
    byBrand.forEach(
        (brand, service) -> {
          var demo = service.demo();
          if (demo != null) demos.put(brand, demo);
        });
    return demos;
  }
}
