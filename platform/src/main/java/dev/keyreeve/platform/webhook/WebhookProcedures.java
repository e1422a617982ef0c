package dev.keyreeve.platform.webhook;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.delete;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;
import static dev.keyreeve.procedure.Route.put;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.platform.webhook.Webhooks.DeliveryDetails;
import dev.keyreeve.platform.webhook.Webhooks.EndpointChange;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Webhooks, for operators. An endpoint of a workspace that is not the caller's is answered as if
/// it were not there.
public final class WebhookProcedures {
  private static final int DEFAULT_OVERLAP_SECONDS = 24 * 60 * 60;
  private static final int LONGEST_OVERLAP_SECONDS = 7 * 24 * 60 * 60;
  private static final int DEFAULT_PAGE = 50;

  private final Webhooks webhooks;

  public WebhookProcedures(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        mutation("webhooks.create", signedIn(Role.ADMIN), post("/webhooks"))
            .about("Registers an endpoint. Its signing secret is in this answer and never again.")
            .takes(CreateEndpoint.class)
            .gives(IssuedEndpoint.class)
            .refuses(
                Reached.WORKSPACE_NOT_FOUND,
                Webhooks.NO_SUCH_TYPE,
                Webhooks.URL_NOT_ALLOWED,
                Webhooks.TOO_MANY_ENDPOINTS)
            .by(this::create),
        query("webhooks.list", signedIn(Role.VIEWER), get("/webhooks"))
            .about("Lists the endpoints of a workspace, oldest first.")
            .takes(ListEndpoints.class)
            .gives(EndpointList.class)
            .refuses(Reached.WORKSPACE_NOT_FOUND)
            .by(this::list),
        query("webhooks.get", signedIn(Role.VIEWER), get("/webhooks/{id}"))
            .about("Shows an endpoint.")
            .takes(OneEndpoint.class)
            .gives(EndpointView.class)
            .refuses(Webhooks.NO_SUCH_ENDPOINT)
            .by(call -> in(call, call.input().id(), at -> webhooks.find(at, call.input().id()))),
        mutation("webhooks.update", signedIn(Role.ADMIN), put("/webhooks/{id}"))
            .about("Changes an endpoint, or enables or disables it; what is not named stays.")
            .takes(UpdateEndpoint.class)
            .gives(EndpointView.class)
            .refuses(Webhooks.NO_SUCH_ENDPOINT, Webhooks.NO_SUCH_TYPE, Webhooks.URL_NOT_ALLOWED)
            .by(this::update),
        mutation("webhooks.delete", signedIn(Role.ADMIN), delete("/webhooks/{id}"))
            .about("Removes an endpoint and the log of its deliveries.")
            .takes(OneEndpoint.class)
            .gives(EndpointView.class)
            .refuses(Webhooks.NO_SUCH_ENDPOINT)
            .by(this::remove),
        mutation(
                "webhooks.rotateSecret", signedIn(Role.ADMIN), post("/webhooks/{id}/rotate-secret"))
            .about(
                "Gives an endpoint a new signing secret; the old one signs too while they overlap.")
            .takes(RotateSecret.class)
            .gives(IssuedEndpoint.class)
            .refuses(Webhooks.NO_SUCH_ENDPOINT)
            .by(this::rotateSecret),
        mutation("webhooks.test", signedIn(Role.OPERATOR), post("/webhooks/{id}/test"))
            .about("Sends a 'webhook.test' event to this endpoint alone.")
            .takes(OneEndpoint.class)
            .gives(EndpointView.class)
            .refuses(Webhooks.NO_SUCH_ENDPOINT, Webhooks.ENDPOINT_IS_DISABLED)
            .by(
                call ->
                    in(
                        call,
                        call.input().id(),
                        at -> webhooks.test(at, call.input().id(), call.at()))),
        mutation("webhooks.replay", signedIn(Role.OPERATOR), post("/webhooks/{id}/replay"))
            .about("Delivers every event after a number again, in the order of numbers.")
            .takes(Replay.class)
            .gives(EndpointView.class)
            .refuses(Webhooks.NO_SUCH_ENDPOINT, Webhooks.ENDPOINT_IS_DISABLED)
            .by(
                call ->
                    in(
                        call,
                        call.input().id(),
                        at ->
                            webhooks.replay(
                                at, call.input().id(), call.input().afterSeq(), call.at()))),
        query("webhooks.deliveries", signedIn(Role.VIEWER), get("/webhooks/{id}/deliveries"))
            .about("Lists the deliveries to an endpoint, the newest event first.")
            .takes(ListDeliveries.class)
            .gives(DeliveryList.class)
            .refuses(Webhooks.NO_SUCH_ENDPOINT)
            .by(this::deliveries),
        query("webhooks.delivery", signedIn(Role.VIEWER), get("/webhooks/{id}/deliveries/{seq}"))
            .about("Shows a delivery with its attempts.")
            .takes(OneDelivery.class)
            .gives(DeliveryDetails.class)
            .refuses(Webhooks.NO_SUCH_ENDPOINT, Webhooks.NO_SUCH_DELIVERY)
            .by(
                call ->
                    in(
                        call,
                        call.input().id(),
                        at -> webhooks.delivery(at, call.input().id(), call.input().seq()))),
        mutation(
                "webhooks.redeliver",
                signedIn(Role.OPERATOR),
                post("/webhooks/{id}/deliveries/{seq}/redeliver"))
            .about("Delivers an event again, with a fresh schedule of tries.")
            .takes(OneDelivery.class)
            .gives(DeliveryDetails.class)
            .refuses(
                Webhooks.NO_SUCH_ENDPOINT, Webhooks.NO_SUCH_DELIVERY, Webhooks.ENDPOINT_IS_DISABLED)
            .by(
                call ->
                    in(
                        call,
                        call.input().id(),
                        at ->
                            webhooks.redeliver(
                                at, call.input().id(), call.input().seq(), call.at()))));
  }

  /// @param eventTypes types, families such as `key.*`, or `*` for all
  @SnakeCase
  record CreateEndpoint(
      @Text(max = 40) String workspaceId,
      @Text(max = 2048) String url,
      @Nullable @Text(min = 0, max = 200, plain = true) String description,
      @Items(min = 1, max = 50) List<@Text(max = 100) String> eventTypes) {}

  @SnakeCase
  record ListEndpoints(@Text(max = 40) String workspaceId) {}

  @SnakeCase
  record EndpointList(List<EndpointView> items) {}

  @SnakeCase
  record OneEndpoint(@Text(max = 40) String id) {}

  @SnakeCase
  record UpdateEndpoint(
      @Text(max = 40) String id,
      @Nullable @Text(max = 2048) String url,
      @Nullable @Text(min = 0, max = 200, plain = true) String description,
      @Nullable @Items(min = 1, max = 50) List<@Text(max = 100) String> eventTypes,
      @Nullable Boolean enabled) {}

  /// @param overlapSeconds how long both secrets sign; a day unless said, 0 for not at all
  @SnakeCase
  record RotateSecret(
      @Text(max = 40) String id,
      @Nullable @Range(min = 0, max = LONGEST_OVERLAP_SECONDS) Integer overlapSeconds) {}

  @SnakeCase
  record Replay(@Text(max = 40) String id, @Range(min = 0, max = Long.MAX_VALUE) long afterSeq) {}

  /// @param beforeSeq only those of events with a lower number: the `next` of the page before
  @SnakeCase
  record ListDeliveries(
      @Text(max = 40) String id,
      DeliveryView.@Nullable Status status,
      @Nullable Long beforeSeq,
      @Nullable @Range(min = 1, max = 200) Integer limit) {}

  /// @param next what to ask for as `before_seq`, or null if this page is the last
  @SnakeCase
  record DeliveryList(List<DeliveryView> items, @Nullable Long next) {}

  @SnakeCase
  record OneDelivery(@Text(max = 40) String id, long seq) {}

  private Outcome<IssuedEndpoint> create(Call<CreateEndpoint, IssuedEndpoint> call) {
    var input = call.input();
    return Reached.workspace(call.caller(), input.workspaceId())
        .then(
            workspace ->
                webhooks.create(
                    workspace,
                    input.url(),
                    input.description(),
                    input.eventTypes(),
                    call.caller().actor(),
                    call.at()));
  }

  private Outcome<EndpointList> list(Call<ListEndpoints, EndpointList> call) {
    return Reached.workspace(call.caller(), call.input().workspaceId())
        .then(workspace -> Outcome.done(new EndpointList(webhooks.list(workspace))));
  }

  private Outcome<EndpointView> update(Call<UpdateEndpoint, EndpointView> call) {
    var input = call.input();
    var change =
        new EndpointChange(input.url(), input.description(), input.eventTypes(), input.enabled());
    return in(
        call,
        input.id(),
        at -> webhooks.update(at, input.id(), change, call.caller().actor(), call.at()));
  }

  private Outcome<EndpointView> remove(Call<OneEndpoint, EndpointView> call) {
    var id = call.input().id();
    return in(call, id, at -> webhooks.delete(at, id, call.caller().actor(), call.at()));
  }

  private Outcome<IssuedEndpoint> rotateSecret(Call<RotateSecret, IssuedEndpoint> call) {
    var id = call.input().id();
    var wanted = call.input().overlapSeconds();
    var overlap = Duration.ofSeconds(wanted == null ? DEFAULT_OVERLAP_SECONDS : wanted);
    return in(
        call, id, at -> webhooks.rotateSecret(at, id, overlap, call.caller().actor(), call.at()));
  }

  private Outcome<DeliveryList> deliveries(Call<ListDeliveries, DeliveryList> call) {
    var input = call.input();
    int limit = input.limit() == null ? DEFAULT_PAGE : input.limit();
    return in(
        call,
        input.id(),
        at ->
            webhooks
                .deliveries(at, input.id(), input.status(), input.beforeSeq(), limit)
                .then(items -> Outcome.done(page(items, limit))));
  }

  private static DeliveryList page(List<DeliveryView> items, int limit) {
    return new DeliveryList(items, items.size() < limit ? null : items.getLast().seq());
  }

  /// Does something in the workspace of an endpoint that the caller may know of.
  private <O> Outcome<O> in(Call<?, O> call, String id, Function<String, Outcome<O>> work) {
    return webhooks
        .workspaceOf(id, new Within(call.caller().reach()))
        .map(work)
        .orElseGet(() -> Outcome.refused(Webhooks.NO_SUCH_ENDPOINT));
  }
}
