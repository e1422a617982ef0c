package dev.keyreeve.procedure;

import static dev.keyreeve.access.decision.Requirement.anyCaller;
import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.access.scope.ScopeCatalogue.Entry.scope;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Declaration.subscription;
import static dev.keyreeve.procedure.Route.delete;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.patch;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeySecret;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Samples.MandateId;
import dev.keyreeve.procedure.shape.Samples.MandateState;
import dev.keyreeve.procedure.shape.Samples.MandateView;
import dev.keyreeve.procedure.shape.Samples.Page;
import dev.keyreeve.procedure.shape.Samples.Payer;
import dev.keyreeve.procedure.shape.Shapes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// A small API of every kind of procedure, of which each answers without keeping anything:
/// `man_0404` is not there, `man_0409` is in the wrong state, and `man_0500` meets a bug.
@NullMarked
public final class MandatesApi {
  public static final Scope READ = Scope.parse("mandates:read");
  public static final Scope WRITE = Scope.parse("mandates:write");
  public static final Reason NO_MANDATE =
      new Reason(Code.NOT_FOUND, "no_such_mandate", "There is no such mandate.");
  public static final Reason INVALID_STATE =
      new Reason(Code.CONFLICT, "invalid_state", "The mandate's state does not allow this.");

  private static final Instant NOW = Instant.parse("2026-03-02T09:30:00Z");

  private MandatesApi() {}

  public record WhoAmI() {}

  public record Identity(String workspace, List<String> scopes) {}

  public record ListMandates(
      @Nullable @Items(max = 3) List<MandateState> state,
      @Nullable @Items(max = 5) List<@Range(min = 1, max = 28) Integer> dueDays,
      @Nullable Boolean sandbox,
      @Nullable LocalDate createdFrom,
      @Nullable String q,
      @Nullable String cursor,
      @Nullable @Range(min = 1, max = 200) Integer limit) {}

  public record GetMandate(MandateId id) {}

  public record CreateMandate(Payer payer, @Nullable String idempotencyKey) implements Repeatable {}

  public record UpdateMandate(MandateId id, Payer payer) {}

  public record CancelMandate(
      MandateId id,
      @Nullable String reason,
      @Nullable @Range(min = 1, max = 1_000_000) Long ifVersion,
      @Nullable String idempotencyKey)
      implements Repeatable {}

  public record StreamMandates(@Nullable @Range(min = 0, max = 1_000_000) Long since) {}

  public record MandateEvent(String type, MandateId mandate) {}

  public static Api api() {
    return api(Api.Options.USUAL);
  }

  /// The same with other options.
  public static Api api(Api.Options options) {
    return new Api(
        "dd",
        "Direct Debit",
        new Audience.Keys("dd"),
        ScopeCatalogue.of(
            scope(READ, "See mandates and their history.", Role.VIEWER),
            scope(WRITE, "Create, change and cancel mandates.", Role.OPERATOR)),
        options,
        List.of(
            query("auth.whoami", anyCaller(), get("/whoami"))
                .about("Tells a caller who it is.")
                .takes(WhoAmI.class)
                .gives(Identity.class)
                .inlineBy(MandatesApi::whoami),
            query("mandates.list", holds(READ), get("/mandates"))
                .about("Lists mandates, the newest first.")
                .takes(ListMandates.class)
                .gives(Page.of(Shapes.of(MandateView.class)))
                .by(_ -> Outcome.done(new Page<>(List.of(mandate("man_0001")), null))),
            query("mandates.get", holds(READ), get("/mandates/{id}"))
                .about("Shows one mandate.")
                .takes(GetMandate.class)
                .gives(MandateView.class)
                .refuses(NO_MANDATE)
                .by(call -> find(call.input().id())),
            mutation("mandates.create", holds(WRITE), post("/mandates"))
                .about("Creates a mandate.")
                .takes(CreateMandate.class)
                .gives(MandateView.class)
                .by(call -> Outcome.done(named(call))),
            mutation("mandates.update", holds(WRITE), patch("/mandates/{id}"))
                .about("Changes the payer of a mandate.")
                .takes(UpdateMandate.class)
                .gives(MandateView.class)
                .refuses(NO_MANDATE)
                .by(call -> find(call.input().id())),
            cancel(),
            Bulk.of(cancel(), "mandates.bulkCancel", post("/mandates/bulk-cancel")),
            mutation("mandates.forget", holds(WRITE), delete("/mandates/{id}"))
                .about("Removes a mandate that was never submitted.")
                .takes(GetMandate.class)
                .gives(MandateView.class)
                .refuses(NO_MANDATE, INVALID_STATE)
                .by(call -> find(call.input().id())),
            subscription("mandates.stream", holds(READ), get("/mandates/stream"))
                .about("Tells what happens to mandates.")
                .takes(StreamMandates.class)
                .gives(MandateEvent.class)
                .streamedBy(_ -> Outcome.done(new ThreeEvents()))));
  }

  private static Procedure<CancelMandate, MandateView> cancel() {
    return mutation("mandates.cancel", holds(WRITE), post("/mandates/{id}/cancel"))
        .about("Cancels a mandate.")
        .takes(CancelMandate.class)
        .gives(MandateView.class)
        .refuses(NO_MANDATE, INVALID_STATE)
        .by(call -> find(call.input().id()));
  }

  private static Outcome<Identity> whoami(Call<WhoAmI, Identity> call) {
    var key = (Key) call.caller().subject();
    var scopes = key.scopes().granted().stream().map(Scope::token).sorted().toList();
    return Outcome.done(new Identity(call.caller().workspace(), scopes));
  }

  private static Outcome<MandateView> find(MandateId id) {
    return switch (id.value()) {
      case "man_0404" -> Outcome.refused(NO_MANDATE);
      case "man_0409" ->
          Outcome.refused(INVALID_STATE, Map.of("state", "cancelled", "allowed", List.of("get")));
      case "man_0500" -> throw new IllegalStateException("a bug");
      default -> Outcome.done(mandate(id.value()));
    };
  }

  /// A mandate that tells its idempotency key as the payer's note.
  private static MandateView named(Call<CreateMandate, MandateView> call) {
    var input = call.input();
    var payer = new Payer(input.payer().name(), input.payer().email(), input.idempotencyKey());
    return new MandateView(MandateId.parse("man_0001"), MandateState.ACTIVE, payer, 1, NOW);
  }

  private static MandateView mandate(String id) {
    return new MandateView(
        MandateId.parse(id), MandateState.ACTIVE, new Payer("A PAYER", null, null), 3, NOW);
  }

  /// The events 1 to 3, and then no more.
  private static final class ThreeEvents implements Feed<MandateEvent> {
    @Override
    public List<Tracked<MandateEvent>> after(@Nullable String lastId) {
      return Stream.of("1", "2", "3")
          .filter(id -> lastId == null || id.compareTo(lastId) > 0)
          .map(
              id ->
                  new Tracked<>(
                      id, new MandateEvent("mandate.active", MandateId.parse("man_000" + id))))
          .toList();
    }

    @Override
    public boolean isOver() {
      return true;
    }
  }

  private static final KeySecret SECRET =
      KeySecret.of(1, 1, Key.NEVER, new SecretDigest(1, 2, 3, 4));

  /// The calls of [#api], by callers that this node knows.
  public static Calls calls() {
    return calls(api());
  }

  /// The calls of an API with its scopes, by callers that this node knows.
  public static Calls calls(Api api) {
    var lease = new Lease(Duration.ofDays(1), () -> 0);
    lease.renewFrom(lease.mark());
    var directory = new KeyDirectory(Peppers.of(new Pepper(1, new byte[Pepper.MIN_LENGTH])), lease);
    directory.put((Key) callerWith(READ).subject());
    var credentials =
        new Credentials(
            directory, new SessionDirectory(lease), CommandLineToken.random(new SecureRandom()));
    return new Calls(
        api, new AccessCheck(new Meter()), credentials, _ -> {}, InstantSource.fixed(NOW));
  }

  /// A caller that was admitted with these scopes.
  public static Caller callerWith(Scope... scopes) {
    var limit = new Limit(0, 0, 60);
    var standing = new Organisation.Standing(false, limit, AddressList.UNRESTRICTED);
    var key =
        new Key(
            KeyId.parse("aaaaaaaaaaaa"),
            "dd_live_",
            new Organisation("org_1", standing),
            "ws_1",
            api().scopes().grant(Stream.of(scopes).collect(Collectors.toSet())),
            KeyState.ACTIVE,
            0,
            Key.NEVER,
            AddressList.UNRESTRICTED,
            limit,
            SECRET,
            null);
    return new Caller(
        key, SECRET, Spending.unmetered(), Address.parse("198.51.100.7"), "req_1", null);
  }
}
