package dev.keyreeve.procedure.trpc;

import static dev.keyreeve.access.decision.Requirement.anyCaller;
import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.access.scope.ScopeCatalogue.Entry.scope;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Declaration.subscription;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Bulk;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Feed;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A few procedures of every kind, over mandates that are kept in memory.
final class SampleApi {
  static final Scope READ = new Scope("mandates:read");
  static final Scope WRITE = new Scope("mandates:write");
  static final ScopeCatalogue SCOPES =
      ScopeCatalogue.of(
          scope(READ, "See mandates.", Role.VIEWER),
          scope(WRITE, "Change mandates.", Role.OPERATOR));

  private static final Reason NOT_FOUND =
      new Reason(Code.NOT_FOUND, "not_found", "There is no such mandate.");
  private static final Reason INVALID_STATE =
      new Reason(Code.CONFLICT, "invalid_state", "The mandate is in another state.");

  record Nothing() {}

  record Id(String id) {}

  record Listing(@Nullable String state, @Nullable @Range(min = 1, max = 200) Integer limit) {}

  record Creation(String reference, @Nullable @Text(max = 128) String idempotencyKey)
      implements Repeatable {}

  record Mandate(String id, String reference, String state) {}

  record Page(List<Mandate> items) {}

  record WhoAmI(String workspace) {}

  record Times(List<Instant> times) {}

  /// @param upTo the last event, after which the feed is over; null if it never is
  record Listening(@Nullable Integer upTo) {}

  record Event(int number) {}

  private final Map<String, Map<String, Mandate>> mandates = new LinkedHashMap<>();

  /// How many events have happened.
  volatile int happened;

  /// The keys of the creations that were carried out.
  final List<@Nullable String> idempotencyKeys = new ArrayList<>();

  Api api() {
    var create =
        mutation("mandates.create", holds(WRITE), post("/mandates"))
            .about("Creates a mandate.")
            .takes(Creation.class)
            .gives(Mandate.class)
            .by(this::create);
    return new Api(
        "dd",
        "Direct debit",
        new Audience.Keys("dd"),
        SCOPES,
        List.of(
            query("auth.whoami", anyCaller(), get("/auth/whoami"))
                .about("Tells a caller who it is.")
                .takes(Nothing.class)
                .gives(WhoAmI.class)
                .inlineBy(call -> Outcome.done(new WhoAmI(call.caller().workspace()))),
            query("mandates.list", holds(READ), get("/mandates"))
                .about("Lists mandates.")
                .takes(Listing.class)
                .gives(Page.class)
                .by(this::list),
            query("mandates.get", holds(READ), get("/mandates/{id}"))
                .about("Shows a mandate.")
                .takes(Id.class)
                .gives(Mandate.class)
                .refuses(NOT_FOUND)
                .by(this::find),
            create,
            Bulk.of(create, "mandates.bulkCreate", post("/mandates/bulk")),
            mutation("mandates.cancel", holds(WRITE), post("/mandates/{id}/cancel"))
                .about("Cancels a mandate.")
                .takes(Id.class)
                .gives(Mandate.class)
                .refuses(NOT_FOUND, INVALID_STATE)
                .by(this::cancel),
            subscription("mandates.stream", holds(READ), get("/mandates/stream"))
                .about("Tells what happens to mandates.")
                .takes(Listening.class)
                .gives(Event.class)
                .streamedBy(call -> Outcome.done(new Happenings(call.input().upTo()))),
            query("faults.thrown", anyCaller(), get("/faults/thrown"))
                .about("Fails.")
                .takes(Nothing.class)
                .gives(WhoAmI.class)
                .by(
                    _ -> {
                      throw new IllegalStateException("canary");
                    }),
            query("faults.unwritable", anyCaller(), get("/faults/unwritable"))
                .about("Answers with what cannot be written.")
                .takes(Nothing.class)
                .gives(Times.class)
                .by(_ -> Outcome.done(unwritable()))));
  }

  private synchronized Outcome<Page> list(Call<Listing, Page> call) {
    var state = call.input().state();
    return Outcome.done(
        new Page(
            of(call).values().stream()
                .filter(mandate -> state == null || mandate.state().equals(state))
                .toList()));
  }

  private synchronized Outcome<Mandate> find(Call<Id, Mandate> call) {
    var mandate = of(call).get(call.input().id());
    return mandate == null ? Outcome.refused(NOT_FOUND) : Outcome.done(mandate);
  }

  private Outcome<Mandate> create(Call<Creation, Mandate> call) {
    idempotencyKeys.add(call.input().idempotencyKey());
    return Outcome.done(mandate(call.caller().workspace(), call.input().reference(), "active"));
  }

  /// A new mandate; ids count up over all workspaces.
  synchronized Mandate mandate(String workspace, String reference, String state) {
    var id = "man_" + (mandates.values().stream().mapToInt(Map::size).sum() + 1);
    var mandate = new Mandate(id, reference, state);
    of(workspace).put(id, mandate);
    return mandate;
  }

  private synchronized Outcome<Mandate> cancel(Call<Id, Mandate> call) {
    var mandate = of(call).get(call.input().id());
    if (mandate == null) return Outcome.refused(NOT_FOUND);
    if (mandate.state().equals("cancelled")) {
      return Outcome.refused(INVALID_STATE, Map.of("state", mandate.state()));
    }
    var cancelled = new Mandate(mandate.id(), mandate.reference(), "cancelled");
    of(call).put(mandate.id(), cancelled);
    return Outcome.done(cancelled);
  }

  private Map<String, Mandate> of(Call<?, ?> call) {
    return of(call.caller().workspace());
  }

  private Map<String, Mandate> of(String workspace) {
    return mandates.computeIfAbsent(workspace, _ -> new LinkedHashMap<>());
  }

  @SuppressWarnings("NullAway") // a mistake of the kind that a handler can make
  private static Times unwritable() {
    return new Times(Arrays.asList((Instant) null));
  }

  /// Events 1, 2, 3 and so on, as far as they have happened.
  private final class Happenings implements Feed<Event> {
    private final @Nullable Integer upTo;
    private int last;

    Happenings(@Nullable Integer upTo) {
      this.upTo = upTo;
    }

    @Override
    public List<Tracked<Event>> after(@Nullable String lastId) {
      last = lastId == null ? 0 : Integer.parseInt(lastId);
      return IntStream.rangeClosed(last + 1, happened)
          .mapToObj(number -> new Tracked<>(Integer.toString(number), new Event(number)))
          .toList();
    }

    @Override
    public boolean isOver() {
      return upTo != null && last >= upTo;
    }
  }
}
