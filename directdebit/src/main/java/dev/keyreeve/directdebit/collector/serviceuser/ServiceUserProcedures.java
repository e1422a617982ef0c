package dev.keyreeve.directdebit.collector.serviceuser;

import static dev.keyreeve.access.decision.Requirement.commandLine;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;
import static dev.keyreeve.procedure.Route.put;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers.NewBacs;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.RowSight;
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
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Service users, for the command line: a service user collects for several organisations, so none
/// of them may change it.
public final class ServiceUserProcedures {
  private static final long DEFAULT_MAX_AMOUNT = 10_000_000;

  static final Reason NO_SUCH_SERVICE_USER =
      new Reason(Code.NOT_FOUND, "service_user_not_found", "There is no such service user.");
  static final Reason NUMBER_TAKEN =
      new Reason(
          Code.CONFLICT, "service_user_exists", "A service user with this number exists already.");
  static final Reason NUMBER_OF_THE_SANDBOX =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "sandbox_number",
          "Numbers that begin with 9 are the sandbox's.");
  static final Reason WRONG_ENVIRONMENT =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "wrong_environment",
          "A live workspace collects by no sandbox, and a test workspace by nothing else.");
  static final Reason UNUSABLE_NAME =
      new Reason(
          Code.UNPROCESSABLE_CONTENT, "unusable_name", "A Bacs record cannot carry this name.");
  static final Reason HAS_DEBITS_UNDER_WAY =
      new Reason(
          Code.CONFLICT,
          "debits_under_way",
          "The workspace has mandates or debits with the service user it has now.");

  static final Declared<CreateServiceUser, ServiceUserView> SERVICE_USERS_CREATE =
      mutation("serviceUsers.create", commandLine(), post("/service-users"))
          .about("Adds a service user that collects by Bacs files.")
          .takes(CreateServiceUser.class)
          .gives(ServiceUserView.class)
          .refuses(NUMBER_TAKEN, NUMBER_OF_THE_SANDBOX, UNUSABLE_NAME);

  static final Declared<Nothing, ServiceUserList> SERVICE_USERS_LIST =
      query("serviceUsers.list", commandLine(), get("/service-users"))
          .about("Lists the service users, oldest first.")
          .takes(Nothing.class)
          .gives(ServiceUserList.class);

  static final Declared<AssignCollector, CollectorView> SERVICE_USERS_ASSIGN =
      mutation("serviceUsers.assign", commandLine(), put("/workspaces/{id}/collector"))
          .about(
              "Has a workspace collect by a service user, or changes how it collects; what is"
                  + " absent stays.")
          .takes(AssignCollector.class)
          .gives(CollectorView.class)
          .refuses(
              Reached.WORKSPACE_NOT_FOUND,
              NO_SUCH_SERVICE_USER,
              WRONG_ENVIRONMENT,
              HAS_DEBITS_UNDER_WAY);

  private final Jdbi jdbi;
  private final ServiceUsers users;
  private final RandomGenerator random;

  public ServiceUserProcedures(Jdbi jdbi, ServiceUsers users, RandomGenerator random) {
    this.random = random;
    this.jdbi = jdbi;
    this.users = users;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        SERVICE_USERS_CREATE.by(this::create),
        SERVICE_USERS_LIST.by(_ -> Outcome.done(new ServiceUserList(views()))),
        SERVICE_USERS_ASSIGN.by(this::assign));
  }

  record Nothing() {}

  /// @param number the six digits that Bacs gave
  /// @param name as payers read it on their statements
  /// @param sortCode of the account that is credited
  /// @param maxAmount of one debit, in pence; 100,000 pounds unless said
  @SnakeCase
  record CreateServiceUser(
      ServiceUserNumber number,
      @Text(max = 140, plain = true) String name,
      SortCode sortCode,
      AccountNumber accountNumber,
      @Nullable @Range(min = 1, max = 99_999_999_999L) Long maxAmount) {}

  @SnakeCase
  record ServiceUserList(List<ServiceUserView> items) {}

  /// @param last4 of the account that is credited
  /// @param maxAmount of one debit, in pence
  /// @param workspaceIds who collects by it
  @SnakeCase
  record ServiceUserView(
      String id,
      SchemeKind scheme,
      @Nullable ServiceUserNumber number,
      String name,
      @Nullable String last4,
      long maxAmount,
      List<String> workspaceIds,
      Instant createdAt) {}

  /// What becomes of a debit that falls due while its mandate is suspended.
  enum OnHold {
    SKIP,
    SHIFT
  }

  /// @param id of the workspace
  /// @param serviceUserId by whom it collects; may be absent if it has one already
  /// @param noticeDays processing days between an advance notice and its debit
  /// @param dormancyMonths months without a debit after which banks may have dropped an instruction
  /// @param maxRetries how often a debit that came back for want of funds is presented again
  /// @param retryDays processing days between a return and the entry day of the next presentation
  @SnakeCase
  record AssignCollector(
      @Text(max = 40) String id,
      @Nullable @Text(max = 40) String serviceUserId,
      @Nullable @Range(min = 1, max = 20) Integer noticeDays,
      @Nullable @Range(min = 6, max = 60) Integer dormancyMonths,
      @Nullable @Range(min = 0, max = 4) Integer maxRetries,
      @Nullable @Range(min = 1, max = 20) Integer retryDays,
      @Nullable OnHold onHold) {}

  @SnakeCase
  record CollectorView(
      String workspaceId,
      String serviceUserId,
      int noticeDays,
      int dormancyMonths,
      int maxRetries,
      int retryDays,
      OnHold onHold) {}

  private Outcome<ServiceUserView> create(Call<CreateServiceUser, ServiceUserView> call) {
    var input = call.input();
    if (input.number().digits().startsWith("9")) return Outcome.refused(NUMBER_OF_THE_SANDBOX);
    if (!isUsable(input.name())) return Outcome.refused(UNUSABLE_NAME);

    var id = Ulid.generate("sun_", call.at(), random);
    var amount = input.maxAmount() == null ? DEFAULT_MAX_AMOUNT : input.maxAmount();
    var wanted =
        new NewBacs(
            input.number(),
            input.name(),
            input.sortCode(),
            input.accountNumber(),
            new Pence(amount));
    boolean added = jdbi.inTransaction(handle -> users.insert(handle, id, wanted, call.at()));
    return added ? Outcome.done(view(users.find(id).orElseThrow())) : Outcome.refused(NUMBER_TAKEN);
  }

  private static boolean isUsable(String name) {
    try {
      AccountName.transliterate(name);
      return true;
    } catch (IllegalArgumentException unspeakable) {
      return false;
    }
  }

  private List<ServiceUserView> views() {
    return users.list().stream().map(this::view).toList();
  }

  private ServiceUserView view(ServiceUser user) {
    return new ServiceUserView(
        user.id(),
        user.scheme(),
        user.number(),
        user.name(),
        user.last4(),
        user.maxAmount().amount(),
        jdbi.withHandle(handle -> ServiceUsers.workspaces(handle, user.id())),
        user.createdAt());
  }

  private Outcome<CollectorView> assign(Call<AssignCollector, CollectorView> call) {
    return jdbi.inTransaction(handle -> assign(handle, call.input()));
  }

  private Outcome<CollectorView> assign(Handle handle, AssignCollector input) {
    var environment =
        handle
            .createQuery("select environment from workspace where id = :id for update")
            .bind("id", input.id())
            .mapTo(String.class)
            .findOne();
    if (environment.isEmpty()) return Outcome.refused(Reached.WORKSPACE_NOT_FOUND);

    var present = collector(handle, input.id());
    var wanted =
        input.serviceUserId() == null && present != null
            ? present.serviceUserId()
            : input.serviceUserId();
    var user = wanted == null ? null : ServiceUsers.find(handle, wanted).orElse(null);
    if (user == null) return Outcome.refused(NO_SUCH_SERVICE_USER);
    if (user.isSandbox() != environment.get().equals("test")) {
      return Outcome.refused(WRONG_ENVIRONMENT);
    }
    boolean moves = present != null && !present.serviceUserId().equals(user.id());
    if (moves && hasMandates(handle, input.id())) {
      return Outcome.refused(HAS_DEBITS_UNDER_WAY);
    }
    handle
        .createUpdate(
            """
            insert into collector as c (workspace_id, service_user_id)
            values (:workspace, :user)
            on conflict (workspace_id) do update set service_user_id = excluded.service_user_id
            """)
        .bind("workspace", input.id())
        .bind("user", user.id())
        .execute();
    handle
        .createUpdate(
            """
            update collector
            set notice_days = coalesce(:noticeDays, notice_days),
                dormancy_months = coalesce(:dormancyMonths, dormancy_months),
                max_retries = coalesce(:maxRetries, max_retries),
                retry_days = coalesce(:retryDays, retry_days),
                on_hold = coalesce(:onHold, on_hold)
            where workspace_id = :workspace
            """)
        .bind("workspace", input.id())
        .bind("noticeDays", input.noticeDays())
        .bind("dormancyMonths", input.dormancyMonths())
        .bind("maxRetries", input.maxRetries())
        .bind("retryDays", input.retryDays())
        .bind(
            "onHold",
            input.onHold() == null ? null : input.onHold().name().toLowerCase(Locale.ROOT))
        .execute();
    var changed = collector(handle, input.id());
    return changed == null ? Outcome.refused(Reached.WORKSPACE_NOT_FOUND) : Outcome.done(changed);
  }

  /// An instruction is lodged for one service user, and does not pass to another.
  private static boolean hasMandates(Handle handle, String workspace) {
    RowSight.turnTo(handle, workspace);
    return handle
        .createQuery(
            """
            select exists (
              select from mandate where workspace_id = :workspace
                and status in ('submitted', 'active', 'suspended'))
            """)
        .bind("workspace", workspace)
        .mapTo(Boolean.class)
        .one();
  }

  private static @Nullable CollectorView collector(Handle handle, String workspace) {
    return handle
        .createQuery(
            """
            select workspace_id, service_user_id, notice_days, dormancy_months, max_retries,
                   retry_days, on_hold
            from collector where workspace_id = :workspace
            """)
        .bind("workspace", workspace)
        .map(
            (row, _) ->
                new CollectorView(
                    row.getString("workspace_id"),
                    row.getString("service_user_id"),
                    row.getInt("notice_days"),
                    row.getInt("dormancy_months"),
                    row.getInt("max_retries"),
                    row.getInt("retry_days"),
                    OnHold.valueOf(row.getString("on_hold").toUpperCase(Locale.ROOT))))
        .findOne()
        .orElse(null);
  }
}
