package dev.keyreeve.directdebit.rail.sandbox;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.collector.moment.Moments;
import dev.keyreeve.directdebit.collector.serviceuser.Clock;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUserOf;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.platform.tenancy.InWorkspace;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The sandbox, for operators: its clock, and what its bank is to do.
public final class SandboxProcedures {
  /// How far one call can advance the clock.
  private static final Duration FARTHEST = Duration.ofDays(400);

  static final Reason NOT_A_SANDBOX =
      new Reason(Code.CONFLICT, "not_a_sandbox", "A live workspace lives in the server's time.");
  static final Reason NOT_FORWARD =
      new Reason(
          Code.UNPROCESSABLE_CONTENT, "not_forward", "The sandbox's clock goes forward only.");
  static final Reason TOO_FAR =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "too_far",
          "One call advances the clock by at most 400 days.");
  static final Declared<InSandbox, ClockView> SANDBOX_CLOCK =
      query("sandbox.clock", signedIn(Role.VIEWER), get("/sandbox/clock"))
          .about("Shows the sandbox's clock.")
          .takes(InSandbox.class)
          .gives(ClockView.class)
          .refuses(ServiceUserOf.REFUSALS)
          .refuses(NOT_A_SANDBOX);

  static final Declared<AdvanceTo, Advanced> SANDBOX_ADVANCE_TO =
      mutation("sandbox.advanceTo", signedIn(Role.OPERATOR), post("/sandbox/advance-to"))
          .about(
              "Advances the sandbox's clock to the beginning of a day in London or to an instant;"
                  + " everything on the way happens, in its order.")
          .takes(AdvanceTo.class)
          .gives(Advanced.class)
          .refuses(ServiceUserOf.REFUSALS)
          .refuses(NOT_A_SANDBOX, NOT_FORWARD, TOO_FAR);

  static final Declared<AdvanceDays, Advanced> SANDBOX_ADVANCE_WORKING_DAYS =
      mutation(
              "sandbox.advanceWorkingDays",
              signedIn(Role.OPERATOR),
              post("/sandbox/advance-working-days"))
          .about("Advances the sandbox's clock by processing days of Bacs, to the same time.")
          .takes(AdvanceDays.class)
          .gives(Advanced.class)
          .refuses(ServiceUserOf.REFUSALS)
          .refuses(NOT_A_SANDBOX, NOT_FORWARD, TOO_FAR);

  static final Declared<InSandbox, ClockView> SANDBOX_FREEZE =
      mutation("sandbox.freeze", signedIn(Role.OPERATOR), post("/sandbox/freeze"))
          .about("Stops the sandbox's clock; it can still be advanced.")
          .takes(InSandbox.class)
          .gives(ClockView.class)
          .refuses(ServiceUserOf.REFUSALS)
          .refuses(NOT_A_SANDBOX);

  static final Declared<InSandbox, ClockView> SANDBOX_RUN =
      mutation("sandbox.run", signedIn(Role.OPERATOR), post("/sandbox/run"))
          .about("Lets the sandbox's clock run again, from where it stands.")
          .takes(InSandbox.class)
          .gives(ClockView.class)
          .refuses(ServiceUserOf.REFUSALS)
          .refuses(NOT_A_SANDBOX);

  static final Declared<Simulate, Simulated> SANDBOX_SIMULATE =
      mutation("sandbox.simulate", signedIn(Role.OPERATOR), post("/sandbox/simulate"))
          .about("Has the bank do something to a mandate or a debit, and report it at once.")
          .takes(Simulate.class)
          .gives(Simulated.class)
          .refuses(ServiceUserOf.REFUSALS)
          .refuses(NOT_A_SANDBOX, Simulations.NOTHING_TO_SIMULATE, Simulations.INVALID_STATE);

  static final Declared<Seed, Seeded> SANDBOX_SEED =
      mutation("sandbox.seed", signedIn(Role.OPERATOR), post("/sandbox/seed"))
          .about(
              "Has chosen parts of the debits that would be paid come back, or be claimed back;"
                  + " without a seed, all are paid again.")
          .takes(Seed.class)
          .gives(Seeded.class)
          .refuses(ServiceUserOf.REFUSALS)
          .refuses(NOT_A_SANDBOX);

  private final Jdbi jdbi;
  private final Tenancy tenancy;
  private final ServiceUsers users;
  private final Moments moments;
  private final Simulations simulations;
  private final BacsCalendar calendar;

  public SandboxProcedures(
      Jdbi jdbi,
      Tenancy tenancy,
      ServiceUsers users,
      Moments moments,
      Simulations simulations,
      BacsCalendar calendar) {
    this.jdbi = jdbi;
    this.tenancy = tenancy;
    this.users = users;
    this.moments = moments;
    this.simulations = simulations;
    this.calendar = calendar;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        SANDBOX_CLOCK.by(call -> sandbox(call).then(user -> Outcome.done(view(user, call.at())))),
        SANDBOX_ADVANCE_TO.by(this::advanceTo),
        SANDBOX_ADVANCE_WORKING_DAYS.by(this::advanceWorkingDays),
        SANDBOX_FREEZE.by(call -> put(call, true)),
        SANDBOX_RUN.by(call -> put(call, false)),
        SANDBOX_SIMULATE.by(this::simulate),
        SANDBOX_SEED.by(this::seed));
  }

  @SnakeCase
  record InSandbox(@Nullable @Text(max = 40) String workspaceId) implements InWorkspace {}

  /// @param now what it shows
  /// @param today in London
  /// @param frozen whether it stands still
  /// @param processingDay whether today is a processing day of Bacs
  @SnakeCase
  record ClockView(Instant now, LocalDate today, boolean frozen, boolean processingDay) {}

  /// One of the two is named.
  ///
  /// @param date its beginning in London
  @SnakeCase
  record AdvanceTo(
      @Nullable LocalDate date,
      @Nullable Instant instant,
      @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  @SnakeCase
  record AdvanceDays(
      @Range(min = 1, max = 260) int days, @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  /// @param moments how many moments of the service user's day happened
  @SnakeCase
  record Advanced(Instant from, Instant now, LocalDate today, int moments) {}

  /// @param id of a mandate, or of the collection whose last presentation is meant
  @SnakeCase
  record Simulate(
      Simulations.Verb verb,
      @Text(max = 40) String id,
      @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  /// @param report the kind of report in which the bank told it; absent where banks say nothing
  @SnakeCase
  record Simulated(Simulations.Verb verb, String id, @Nullable String report) {}

  /// @param seed absent to end it
  /// @param failureRate parts of 10,000 that come back for want of funds
  /// @param claimRate parts of 10,000, of those that do not come back, that are claimed back
  @SnakeCase
  record Seed(
      @Nullable Long seed,
      @Nullable @Range(min = 0, max = 10_000) Integer failureRate,
      @Nullable @Range(min = 0, max = 10_000) Integer claimRate,
      @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  @SnakeCase
  record Seeded(@Nullable Long seed, int failureRate, int claimRate) {}

  private Outcome<ServiceUser> sandbox(Call<?, ?> call) {
    return ServiceUserOf.of(call, users)
        .then(user -> user.isSandbox() ? Outcome.done(user) : Outcome.refused(NOT_A_SANDBOX));
  }

  private Clock clock(ServiceUser user) {
    return jdbi.withHandle(handle -> ServiceUsers.clock(handle, user.id())).orElseThrow();
  }

  private ClockView view(ServiceUser user, Instant now) {
    var clock = clock(user);
    var shown = clock.at(now);
    var today = London.dateOf(shown);
    return new ClockView(shown, today, clock.frozen(), calendar.isProcessingDay(today));
  }

  private Outcome<Advanced> advanceTo(Call<AdvanceTo, Advanced> call) {
    var input = call.input();
    return sandbox(call)
        .then(
            user -> {
              var from = clock(user).at(call.at());
              var to =
                  input.instant() != null
                      ? input.instant()
                      : input.date() != null ? London.startOf(input.date()) : from;
              return advance(user, from, to, call.at());
            });
  }

  private Outcome<Advanced> advanceWorkingDays(Call<AdvanceDays, Advanced> call) {
    return sandbox(call)
        .then(
            user -> {
              var from = clock(user).at(call.at());
              var today = London.dateOf(from);
              var sinceMidnight = Duration.between(London.startOf(today), from);
              var day = today;
              for (int left = call.input().days(); left > 0; left--) day = calendar.next(day);
              return advance(user, from, London.startOf(day).plus(sinceMidnight), call.at());
            });
  }

  /// Two who advance at once do the moments between them; the clock ends at the later of the two.
  private Outcome<Advanced> advance(ServiceUser user, Instant from, Instant to, Instant now) {
    if (to.isBefore(from)) return Outcome.refused(NOT_FORWARD);
    if (Duration.between(from, to).compareTo(FARTHEST) > 0) return Outcome.refused(TOO_FAR);

    int happened = moments.run(user.id(), to, now);
    change(
        user,
        now,
        clock -> {
          var shown = clock.at(now);
          return new Clock(shown.isBefore(to) ? to : shown, now, clock.frozen());
        });
    var shown = clock(user).at(now);
    return Outcome.done(new Advanced(from, shown, London.dateOf(shown), happened));
  }

  private Outcome<ClockView> put(Call<InSandbox, ClockView> call, boolean frozen) {
    return sandbox(call)
        .then(
            user -> {
              change(user, call.at(), clock -> new Clock(clock.at(call.at()), call.at(), frozen));
              return Outcome.done(view(user, call.at()));
            });
  }

  private void change(ServiceUser user, Instant now, UnaryOperator<Clock> change) {
    tenancy.across(
        now,
        across -> {
          Handle handle = across.handle();
          ServiceUsers.lock(handle, user.id());
          var changed = change.apply(ServiceUsers.clock(handle, user.id()).orElseThrow());
          ServiceUsers.put(handle, user.id(), changed);
          return changed;
        });
  }

  private Outcome<Simulated> simulate(Call<Simulate, Simulated> call) {
    var input = call.input();
    return Reached.workspace(call)
        .then(
            workspace ->
                sandbox(call)
                    .then(
                        user ->
                            simulations.simulate(
                                tenancy,
                                user,
                                workspace,
                                input.verb(),
                                input.id(),
                                call.caller().actor(),
                                clock(user).at(call.at()))))
        .then(report -> Outcome.done(new Simulated(input.verb(), input.id(), report.kind())));
  }

  private Outcome<Seeded> seed(Call<Seed, Seeded> call) {
    var input = call.input();
    int failures = input.failureRate() == null ? 0 : input.failureRate();
    int claims = input.claimRate() == null ? 0 : input.claimRate();
    var seed = input.seed();
    return sandbox(call)
        .then(
            user -> {
              jdbi.useTransaction(
                  handle ->
                      BankBooks.put(
                          handle,
                          user.id(),
                          seed == null ? null : new Volume(seed, failures, claims)));
              return Outcome.done(
                  seed == null ? new Seeded(null, 0, 0) : new Seeded(seed, failures, claims));
            });
  }
}
