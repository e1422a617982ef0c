package dev.keyreeve.directdebit.rail.gocardless;

import static dev.keyreeve.access.decision.Requirement.commandLine;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;
import static dev.keyreeve.procedure.Route.put;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessAccount.Environment;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Service users that collect by GoCardless, for the command line: a service user collects for
/// several organisations, so none of them may change it. Tokens and secrets are taken and never
/// given out.
final class GoCardlessProcedures {
  /// Where the server takes webhooks, before the id of the service user.
  static final String WEBHOOK_PATH = "/webhooks/gocardless/";

  private static final long DEFAULT_MAX_AMOUNT = 10_000_000;

  static final Reason NO_SUCH_ACCOUNT =
      new Reason(
          Code.NOT_FOUND,
          "service_user_not_found",
          "There is no such service user that collects by GoCardless.");
  static final Reason UNREACHABLE =
      new Reason(
          Code.SERVICE_UNAVAILABLE, "provider_unavailable", "GoCardless did not answer the calls.");

  static final Declared<CreateGoCardless, GoCardlessView> SERVICE_USERS_CREATE_GO_CARDLESS =
      mutation("serviceUsers.createGoCardless", commandLine(), post("/service-users/gocardless"))
          .about("Adds a service user that collects by GoCardless.")
          .takes(CreateGoCardless.class)
          .gives(GoCardlessView.class);

  static final Declared<OneGoCardless, GoCardlessView> SERVICE_USERS_GET_GO_CARDLESS =
      query("serviceUsers.getGoCardless", commandLine(), get("/service-users/{id}/gocardless"))
          .about("Shows how a service user reaches GoCardless, without token and secrets.")
          .takes(OneGoCardless.class)
          .gives(GoCardlessView.class)
          .refuses(NO_SUCH_ACCOUNT);

  static final Declared<SetGoCardless, GoCardlessView> SERVICE_USERS_SET_GO_CARDLESS =
      mutation("serviceUsers.setGoCardless", commandLine(), put("/service-users/{id}/gocardless"))
          .about(
              "Changes how a service user reaches GoCardless; what is absent stays. A new webhook"
                  + " secret leaves the one before it good, until the next or until that is"
                  + " forgotten.")
          .takes(SetGoCardless.class)
          .gives(GoCardlessView.class)
          .refuses(NO_SUCH_ACCOUNT);

  static final Declared<OneGoCardless, Comparison.Compared> SERVICE_USERS_COMPARE_GO_CARDLESS =
      query(
              "serviceUsers.compareGoCardless",
              commandLine(),
              get("/service-users/{id}/gocardless/comparison"))
          .about(
              "Compares mandates and payments with those of GoCardless, and lists what differs;"
                  + " it mends nothing.")
          .takes(OneGoCardless.class)
          .gives(Comparison.Compared.class)
          .refuses(NO_SUCH_ACCOUNT, UNREACHABLE);

  private final Jdbi jdbi;
  private final GoCardlessAccountRows accounts;
  private final Comparison comparison;
  private final RandomGenerator random;

  GoCardlessProcedures(
      Jdbi jdbi, GoCardlessAccountRows accounts, Comparison comparison, RandomGenerator random) {
    this.random = random;
    this.jdbi = jdbi;
    this.accounts = accounts;
    this.comparison = comparison;
  }

  List<Procedure<?, ?>> procedures() {
    return List.of(
        SERVICE_USERS_CREATE_GO_CARDLESS.by(this::create),
        SERVICE_USERS_GET_GO_CARDLESS.by(call -> view(call.input().id())),
        SERVICE_USERS_SET_GO_CARDLESS.by(this::set),
        SERVICE_USERS_COMPARE_GO_CARDLESS.by(this::compare));
  }

  /// @param name as payers read it on their statements
  /// @param environment which of GoCardless's two addresses the token is for
  /// @param creditor which of the account's creditors collects, where it has several
  /// @param accessToken never given out again
  /// @param webhookSecret with which GoCardless signs; never given out again
  /// @param maxAmount of one debit, in pence; 100,000 pounds unless said
  @SnakeCase
  record CreateGoCardless(
      @Text(max = 140, plain = true) String name,
      Environment environment,
      @Nullable ResourceId creditor,
      AccessToken accessToken,
      @Nullable WebhookSecret webhookSecret,
      @Nullable @Range(min = 1, max = 99_999_999_999L) Long maxAmount) {}

  @SnakeCase
  record OneGoCardless(@Text(max = 40) String id) {}

  /// @param webhookSecret takes the place of the newest, which stays good beside it
  /// @param forgetOlderSecret whether webhooks signed with the older secret are refused from now on
  @SnakeCase
  record SetGoCardless(
      @Text(max = 40) String id,
      @Nullable ResourceId creditor,
      @Nullable AccessToken accessToken,
      @Nullable WebhookSecret webhookSecret,
      @Nullable Boolean forgetOlderSecret) {}

  /// @param webhookPath where GoCardless is to send webhooks, on this server
  /// @param webhookSecrets how many secrets are good
  /// @param polledAt when events were asked for last
  /// @param trouble what stands in the way of calls; absent if nothing does
  @SnakeCase
  record GoCardlessView(
      String id,
      Environment environment,
      @Nullable ResourceId creditor,
      String webhookPath,
      int webhookSecrets,
      @Nullable Instant polledAt,
      @Nullable @Text(max = 1000) String trouble,
      @Nullable Instant troubleSince) {}

  private Outcome<GoCardlessView> create(Call<CreateGoCardless, GoCardlessView> call) {
    var input = call.input();
    var id = Ulid.generate("sun_", call.at(), random);
    var wanted =
        new GoCardlessAccountRows.New(
            input.name(),
            new Pence(input.maxAmount() == null ? DEFAULT_MAX_AMOUNT : input.maxAmount()),
            input.environment(),
            input.creditor(),
            input.accessToken(),
            input.webhookSecret());
    jdbi.useTransaction(handle -> accounts.insert(handle, id, wanted, call.at()));
    return view(id);
  }

  private Outcome<GoCardlessView> set(Call<SetGoCardless, GoCardlessView> call) {
    var input = call.input();
    var id = input.id();
    var at = call.at();
    boolean isKnown =
        jdbi.inTransaction(
            handle -> {
              if (accounts.find(handle, id).isEmpty()) return false;

              if (input.creditor() != null) accounts.choose(handle, id, input.creditor(), at);
              if (input.accessToken() != null) accounts.put(handle, id, input.accessToken(), at);
              if (input.webhookSecret() != null) {
                accounts.rotate(handle, id, input.webhookSecret(), at);
              }
              if (Boolean.TRUE.equals(input.forgetOlderSecret())) {
                accounts.forgetOlderSecret(handle, id, at);
              }
              return true;
            });
    return isKnown ? view(id) : Outcome.refused(NO_SUCH_ACCOUNT);
  }

  private Outcome<GoCardlessView> view(String id) {
    return accounts
        .find(id)
        .map(account -> Outcome.done(view(account)))
        .orElseGet(() -> Outcome.refused(NO_SUCH_ACCOUNT));
  }

  private static GoCardlessView view(GoCardlessAccount account) {
    return new GoCardlessView(
        account.serviceUser(),
        account.environment(),
        account.creditor(),
        WEBHOOK_PATH + account.serviceUser(),
        account.secrets().size(),
        account.polledAt(),
        account.trouble(),
        account.troubleSince());
  }

  private Outcome<Comparison.Compared> compare(Call<OneGoCardless, Comparison.Compared> call) {
    var account = accounts.find(call.input().id());
    if (account.isEmpty()) return Outcome.refused(NO_SUCH_ACCOUNT);

    return comparison
        .of(account.get(), InstantSource.fixed(call.at()))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(UNREACHABLE));
  }
}
