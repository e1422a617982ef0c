package dev.keyreeve.directdebit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.WalkWorld.Tenant;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.bankreport.Addacs;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd;
import dev.keyreeve.directdebit.bacs.bankreport.Auddis;
import dev.keyreeve.directdebit.bacs.bankreport.Ddica;
import dev.keyreeve.directdebit.bacs.bankreport.NewPayer;
import dev.keyreeve.directdebit.bacs.bankreport.PayerAccount;
import dev.keyreeve.directdebit.bacs.bankreport.RecordType;
import dev.keyreeve.directdebit.bacs.bankreport.Report;
import dev.keyreeve.directdebit.bacs.bankreport.ReportWriter;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.model.Broken;
import dev.keyreeve.directdebit.model.CollectionModel;
import dev.keyreeve.directdebit.model.Forecast;
import dev.keyreeve.directdebit.model.MandateModel;
import dev.keyreeve.directdebit.model.Seen;
import dev.keyreeve.procedure.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What banks do in a walk beside what their accounts make them do: reports that come early, late,
/// twice and in any order, about what there is and what there is not.
final class WalkBank {
  private static final List<String> MANDATE_VERBS =
      List.of(
          "mandate_activated",
          "mandate_failed",
          "mandate_cancelled",
          "mandate_transferred",
          "mandate_reinstated",
          "mandate_expired");
  private static final List<String> DEBIT_VERBS =
      List.of("debit_failed", "debit_late_failed", "debit_claimed", "debit_claim_withdrawn");
  private static final List<String> ADDACS_CODES =
      List.of(
          "0", "1", "1", "2", "3", "3-NEW", "B", "C", "C-NEW", "C-HALF", "D", "E", "R", "R", "R",
          "Y");
  private static final List<String> AUDDIS_CODES =
      List.of("1", "2", "3", "3-NEW", "5", "7", "B", "C", "C-NEW", "F", "G", "K");
  private static final List<String> ARUDD_CODES =
      List.of("0", "0", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "Z", "Z123");
  private static final LocalDate FIRST_DAY = LocalDate.of(2010, 1, 1);
  private static final SortCode SOMEWHERE = new SortCode("000001");
  private static final AccountNumber ACCOUNT = AccountNumber.parse("12345678");
  private static final PayerAccount PAYER = new PayerAccount(SOMEWHERE, ACCOUNT, "ADA LOVELACE");

  private final WalkWorld world;
  private final Random random;
  private final List<Letter> pocket = new ArrayList<>();
  private final List<String> delivered = new ArrayList<>();
  private final Set<String> said = new HashSet<>();
  private final Set<String> met = new HashSet<>();
  private int claims;
  private int reports;

  /// A report on its way.
  ///
  /// @param content in base 64
  /// @param about null for what is about a debit, or about nothing that there is
  /// @param code of what it says of a mandate
  private record Letter(
      String words, String content, Tenant tenant, @Nullable MandateModel about, String code) {}

  WalkBank(WalkWorld world, Random random) {
    this.world = world;
    this.random = random;
  }

  /// What it has had a person do, and which of its claims were twins.
  Set<String> met() {
    return met;
  }

  /// Does something, and says what it was.
  String act(Tenant tenant, MandateModel mandate, @Nullable CollectionModel debit) {
    if (!world.isSandbox() && random.nextInt(3) == 0) return send(tenant);
    if (world.isSandbox() && random.nextInt(2) == 0) return simulate(tenant, mandate, debit);

    return switch (random.nextInt(12)) {
      case 10, 11 -> deal(tenant);
      case 0 -> again();
      case 1 -> take(rubbish(tenant));
      case 2 -> take(unknown(tenant));
      case 3, 4 -> pocket.isEmpty() ? "waits" : take(pocket.remove(random.nextInt(pocket.size())));
      default -> {
        var letter = letter(tenant, mandate, debit);
        if (random.nextInt(3) > 0) yield take(letter);

        pocket.add(letter);
        yield "writes " + letter.words();
      }
    };
  }

  private String simulate(Tenant tenant, MandateModel mandate, @Nullable CollectionModel debit) {
    boolean isOfDebit = debit != null && random.nextInt(2) == 0;
    var verb = isOfDebit ? oneOf(DEBIT_VERBS) : oneOf(MANDATE_VERBS);
    var id = debit != null && isOfDebit ? debit.id() : mandate.id();
    var before = mandate.status();
    var forecast = isOfDebit ? null : mandate.simulate(verb, world.now());
    var answer =
        world.operate(tenant, "sandbox.simulate", "{'verb': '%s', 'id': '%s'}".formatted(verb, id));
    var outcome = answer.result() instanceof Result.Succeeded<?> ? "done" : answer.reason();
    var what = "%s of %s that was %s: %s".formatted(verb, mandate, before, outcome);
    var told = world.readLog(tenant).stream().filter(each -> each.subject().equals(id)).toList();
    if (forecast == null) {
      Broken.unless(outcome.equals("done") || told.isEmpty(), () -> what + " told " + told);
      return what + " " + debit;
    }
    boolean fits =
        outcome.equals("done")
            ? forecast.mayBeDone()
            : forecast.refusals().contains(outcome) || isSaidToday(mandate);
    Broken.unless(fits, () -> what + ", and not " + forecast);
    if (outcome.equals("done")) told(told, forecast, what);
    return what;
  }

  /// The bank's report of the same thing on the same day is the same report.
  private boolean isSaidToday(MandateModel mandate) {
    return !world
        .rails
        .owners(
            "select key from advice where reference = '%s' and told_at >= '%s'"
                .formatted(mandate.reference(), world.now().minus(Duration.ofHours(25))))
        .isEmpty();
  }

  private static void told(List<Seen> told, Forecast forecast, String what) {
    Broken.unless(
        told.stream().map(Seen::type).toList().equals(forecast.events()),
        () -> "%s told %s, and not %s".formatted(what, told, forecast));
  }

  // Letters

  private Letter letter(Tenant tenant, MandateModel mandate, @Nullable CollectionModel debit) {
    if (debit != null && random.nextInt(2) == 0) {
      return random.nextInt(3) == 0
          ? claim(tenant, mandate, debit)
          : returned(tenant, mandate, debit, oneOf(ARUDD_CODES));
    }
    // The day makes it another report, or now and then the same once more.
    if (random.nextInt(8) > 0) reports++;
    var day = FIRST_DAY.plusDays(reports);
    return random.nextInt(4) == 0
        ? notLodged(tenant, mandate, oneOf(AUDDIS_CODES), day)
        : amended(tenant, mandate, oneOf(ADDACS_CODES), day);
  }

  private ServiceUserNumber number() {
    return new ServiceUserNumber(world.serviceUserNumber);
  }

  private Letter amended(Tenant tenant, MandateModel mandate, String code, LocalDate day) {
    var isMoved = code.endsWith("-NEW");
    var amended =
        new Addacs.AmendedInstruction(
            number(),
            mandate.reference(),
            code.substring(0, 1),
            day,
            PAYER,
            isMoved
                ? NewPayer.of(SOMEWHERE, ACCOUNT)
                : code.endsWith("-HALF") ? new NewPayer(SOMEWHERE.digits(), null) : NewPayer.NONE);
    return letter(tenant, mandate, "ADDACS-" + code, new Addacs(number(), day, List.of(amended)));
  }

  private Letter notLodged(Tenant tenant, MandateModel mandate, String code, LocalDate day) {
    var returned =
        new Auddis.ReturnedInstruction(
            number(),
            RecordType.NEW_RETURNED,
            mandate.reference(),
            TransactionCode.NEW_INSTRUCTION,
            code.substring(0, 1),
            day,
            PAYER,
            code.endsWith("-NEW") ? NewPayer.of(SOMEWHERE, ACCOUNT) : NewPayer.NONE);
    return letter(
        tenant,
        mandate,
        "AUDDIS-" + code,
        new Auddis(number(), day, List.of(), List.of(returned), List.of()));
  }

  private static Letter letter(Tenant tenant, MandateModel mandate, String code, Report report) {
    return new Letter(code + " of " + mandate.reference(), written(report), tenant, mandate, code);
  }

  private Letter returned(Tenant tenant, MandateModel mandate, CollectionModel debit, String code) {
    var day = debit.entryOn().minusDays(1 + random.nextInt(2));
    var amount = debit.amount() + (random.nextInt(8) == 0 ? 1 : 0);
    return ofDebit(
        tenant,
        "ARUDD-%s of %s, %d on %s".formatted(code, mandate.reference(), amount, day),
        arudd(mandate.reference(), code, day, amount));
  }

  private Report arudd(String reference, String code, LocalDate day, long amount) {
    return new Arudd(
        number(),
        "%03d".formatted(random.nextInt(1_000)),
        world.today(),
        List.of(
            new Arudd.AccountReturns(
                new SortCode("200000"),
                AccountNumber.parse("87654321"),
                List.of(
                    new Arudd.ReturnedDebit(
                        reference,
                        oneOf(
                            List.of(
                                TransactionCode.FIRST_COLLECTION,
                                TransactionCode.REGULAR_COLLECTION,
                                TransactionCode.REPRESENTATION)),
                        code,
                        "RETURNED",
                        day,
                        new Pence(amount),
                        null)))));
  }

  private Letter claim(Tenant tenant, MandateModel mandate, CollectionModel debit) {
    boolean isOver = claims > 0 && random.nextInt(3) == 0;
    // Banks count each for itself, so a number may come twice.
    boolean isTwin = claims > 0 && random.nextInt(4) == 0;
    if (isTwin && !isOver) met.add("claim of a reference that another has");
    int n = isOver || isTwin ? 1 + random.nextInt(claims) : ++claims;
    var code = String.valueOf(1 + random.nextInt(9));
    var claim =
        new Ddica.Claim(
            1,
            "CLAIM-" + n,
            mandate.reference(),
            code,
            "CLAIMED",
            PAYER,
            List.of(new Ddica.ClaimedDebit(debit.entryOn(), new Pence(debit.amount()))));
    return ofDebit(
        tenant,
        "DDIC-%s %d of %s%s".formatted(code, n, mandate.reference(), isOver ? ", withdrawn" : ""),
        new Ddica(
            number(),
            isOver ? null : world.today().plusDays(20),
            isOver ? List.of() : List.of(claim),
            isOver ? List.of(claim) : List.of()));
  }

  private static Letter ofDebit(Tenant tenant, String words, Report report) {
    return new Letter(words, written(report), tenant, null, "");
  }

  private Letter unknown(Tenant tenant) {
    var report = arudd("NOBODY-" + random.nextInt(1_000), "0", world.today(), 100);
    return new Letter("of nobody", written(report), tenant, null, "NOBODY");
  }

  private static Letter rubbish(Tenant tenant) {
    return new Letter(
        "rubbish",
        base64("<BACSDocument>".getBytes(StandardCharsets.UTF_8)),
        tenant,
        null,
        "RUBBISH");
  }

  private String take(Letter letter) {
    var mandate = letter.about();
    var forecast = mandate == null ? null : mandate.bankSays(letter.code(), world.now());
    var taken = take(letter.tenant(), letter.content());
    var what = letter.words() + " came to " + taken;
    var told = world.readLog(letter.tenant());
    int applied = taken.path("applied").asInt();
    int parked = taken.path("parked").asInt();
    if (letter.code().equals("RUBBISH")) {
      Broken.unless(taken.path("status").asText().equals("parked"), () -> what);
      return what;
    }
    delivered.add(letter.content());
    int all = applied + parked + taken.path("repeated").asInt();
    boolean isRepeated = !taken.path("status").asText().equals("applied");
    Broken.unless(isRepeated || all == 1, () -> what);
    if (letter.code().equals("NOBODY")) Broken.unless(applied == 0, () -> what);
    if (applied == 0) {
      Broken.unless(
          told.stream().allMatch(WalkBank::isClaimOfNoDebit), () -> what + ", but told " + told);
    }
    if (mandate == null || forecast == null) return what;

    var id = mandate.id();
    boolean isNew = said.add(letter.words() + letter.content());
    Broken.unless(isNew == (applied + parked == 1), () -> what + ", which is new: " + isNew);
    if (!isNew) return what;

    Broken.unless(
        forecast.mayBeDone() == (applied == 1), () -> what + ", and not " + forecast + mandate);
    told(told.stream().filter(each -> each.subject().equals(id)).toList(), forecast, what);
    return what;
  }

  /// What is claimed is kept for its days to answer, whether or not a debit fits it.
  private static boolean isClaimOfNoDebit(Seen event) {
    return event.type().equals("clawback.received") && !event.now().has("attemptId");
  }

  private static String written(Report report) {
    return base64(ReportWriter.write(report));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private JsonNode take(Tenant tenant, String content) {
    return world.operate(tenant, "bankReports.import", "{'content': '" + content + "'}").value();
  }

  /// A person deals with what waits: what could not be read was read by eye, and an advice is
  /// dismissed, or assigned to what has its reference.
  private String deal(Tenant tenant) {
    // One at a time: the end of one is the end of all of the same content.
    for (var ids = unread(); !ids.isEmpty(); ids = unread()) {
      world
          .operate(
              tenant,
              "bankReports.dismiss",
              "{'id': '%s', 'note': 'read'}".formatted(ids.getFirst()))
          .value();
      met.add("bankReports.dismiss done");
    }
    var keys = waiting("key from advice where report_file_id is not null");
    if (keys.isEmpty()) return "waits for nobody";

    var key = oneOf(keys);
    var chosen = random.nextInt(2) == 0 ? null : named(tenant, key);
    var answer =
        chosen == null
            ? world.operate(
                tenant, "advices.dismiss", "{'key': '%s', 'note': 'looked into'}".formatted(key))
            : world.operate(tenant, "advices.assign", "{'key': '%s', %s}".formatted(key, chosen));
    var outcome = answer.result() instanceof Result.Succeeded<?> ? "done" : answer.reason();
    Broken.unless(
        outcome.equals("done") || (chosen != null && outcome.equals("does_not_fit")),
        () -> "dealing with %s: %s".formatted(key, outcome));
    met.add((chosen == null ? "advices.dismiss " : "advices.assign ") + outcome);
    return "is asked of %s, %s: %s".formatted(key, chosen, outcome);
  }

  private List<String> unread() {
    return waiting("id from report_file where kind is null");
  }

  private List<String> waiting(String what) {
    return world.rails.owners(
        "select %s and status = 'parked' and service_user_id = '%s' order by 1"
            .formatted(what, world.serviceUser));
  }

  /// What an advice can be assigned to; null if nothing of the tenant's has its reference.
  private @Nullable String named(Tenant tenant, String key) {
    var about =
        world
            .rails
            .owners(
                "select reference || '/' || coalesce(amount, 0) from advice where key = '%s'"
                    .formatted(key))
            .getFirst();
    var reference = about.substring(0, about.lastIndexOf('/'));
    var amount = about.substring(about.lastIndexOf('/') + 1);
    var mandate =
        tenant.model().mandates().stream()
            .filter(each -> each.reference().equals(reference))
            .findFirst()
            .orElse(null);
    if (mandate == null) return null;

    var named = "'mandate_id': '%s'".formatted(mandate.id());
    if (amount.equals("0")) return named;

    var attempts =
        world.rails.column(
            tenant.workspace(),
            "select id from attempt where mandate_id = :mandate and amount = %s order by id"
                .formatted(amount),
            mandate.id());
    return attempts.isEmpty() ? null : named + ", 'attempt_id': '%s'".formatted(oneOf(attempts));
  }

  /// A report that was taken before comes once more.
  private String again() {
    if (delivered.isEmpty()) return "waits";

    var taken = take(world.tenants.getFirst(), oneOf(delivered));
    Broken.unless(
        taken.path("status").asText().equals("repeated"), () -> "delivered again: " + taken);
    for (var tenant : world.tenants) {
      var told = world.readLog(tenant);
      Broken.unless(told.isEmpty(), () -> "delivered again, and told " + told);
    }
    return "delivers again";
  }

  /// In live workspaces somebody has to send what is sealed, or to take it back.
  private String send(Tenant tenant) {
    var sealed =
        world.rails.owners(
            "select id from submission where status = 'sealed' and service_user_id = '"
                + world.serviceUser
                + "' order by id");
    if (sealed.isEmpty()) return "has been sent everything";

    boolean isTakenBack = random.nextInt(5) == 0;
    for (var id : sealed) {
      world
          .operate(
              tenant,
              isTakenBack ? "submissions.withdraw" : "submissions.export",
              "{'id': '" + id + "'}")
          .value();
    }
    return isTakenBack ? "gets nothing of " + sealed : "gets " + sealed;
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
