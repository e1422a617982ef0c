package dev.keyreeve.directdebit.rail.gocardless;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A GoCardless of one account on a loopback port, which answers in the documented shapes, keeps
/// what it is told, and lets a test play the banks. It reads and writes JSON by itself and shares
/// no code with the client, so that neither hides a mistake of the other.
///
/// Every simulator demands a state to start from, as those of GoCardless do.
public final class GoCardlessFake implements AutoCloseable {

  public static final String TOKEN = "sandbox_Zm9yLXRlc3RzLW9ubHk";
  public static final String WEBHOOK_SECRET = "ED7D658C-D8EB-4941-948B-3973214F2D49";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> KINDS =
      Set.of("customers", "customer_bank_accounts", "mandates", "payments", "billing_requests");

  /// A request as it came.
  ///
  /// @param key the header `Idempotency-Key`
  public record Received(String method, String path, @Nullable String key, String body) {}

  /// What goes wrong with one request.
  public sealed interface Fault {

    /// An answer in place of the request's own.
    ///
    /// @param done whether the request is carried out all the same
    record Instead(boolean done, int status, Map<String, String> headers, String body)
        implements Fault {}

    /// The connection ends without an answer.
    record Cut(boolean done) implements Fault {}

    /// No answer comes for as long as the fake lives.
    record Silence() implements Fault {}

    static Fault status(int status) {
      return new Instead(false, status, Map.of(), error("gocardless", status, "broken"));
    }

    static Fault doneButStatus(int status) {
      return new Instead(true, status, Map.of(), error("gocardless", status, "broken"));
    }

    static Fault limited(Map<String, String> headers) {
      return new Instead(
          false, 429, headers, error("invalid_api_usage", 429, "rate_limit_exceeded"));
    }

    static Fault body(int status, String body) {
      return new Instead(false, status, Map.of(), body);
    }
  }

  /// A webhook as it would be sent.
  public record Webhook(String body, String signature) {
    public byte[] bytes() {
      return body.getBytes(UTF_8);
    }
  }

  /// A request that the API refuses.
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient ObjectNode error;

    Refused(int status, ObjectNode error) {
      super(error.toString());
      this.status = status;
      this.error = error;
    }
  }

  private final InstantSource clock;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);

  private final Map<String, Map<String, ObjectNode>> resources = new HashMap<>();
  private final Map<String, String> keys = new HashMap<>();
  private final List<ObjectNode> events = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private @Nullable Runnable meanwhile;
  private int serial;
  private int webhooks;
  private int told;

  public GoCardlessFake(InstantSource clock) {
    this.clock = clock;
    KINDS.forEach(kind -> resources.put(kind, new LinkedHashMap<>()));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public ApiAddress address() {
    return new ApiAddress(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  /// Lets the next requests go wrong, one after the other.
  public synchronized void fail(Fault... next) {
    faults.addAll(Arrays.asList(next));
  }

  /// Has something happen while the next payment is being made.
  public synchronized void duringTheNextPayment(Runnable what) {
    meanwhile = what;
  }

  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  /// How many resources of a kind there are.
  public synchronized int count(String kind) {
    return of(kind).size();
  }

  public synchronized String status(ResourceId id) {
    return find(id.text()).get("status").textValue();
  }

  /// The resource as GoCardless keeps it.
  public synchronized JsonNode resource(ResourceId id) {
    return find(id.text()).deepCopy();
  }

  /// Ids of all events, oldest first.
  public synchronized List<String> eventIds() {
    return events.stream().map(event -> event.get("id").textValue()).toList();
  }

  // Simulators of mandates.

  public synchronized void mandateSubmitted(ResourceId id) {
    move(id, "mandates", "submitted", Set.of("pending_submission"));
    tell("mandates", "submitted", id, details("gocardless", "mandate_submitted"));
  }

  /// Submits it first, if need be.
  public synchronized void mandateActivated(ResourceId id) {
    if (status(id).equals("pending_submission")) mandateSubmitted(id);
    move(id, "mandates", "active", Set.of("submitted"));
    tell("mandates", "active", id, details("gocardless", "mandate_activated"));
  }

  public synchronized void mandateFailed(ResourceId id, String cause, String reasonCode) {
    move(id, "mandates", "failed", Set.of("submitted", "active"));
    endPayments(id, tell("mandates", "failed", id, bacs(cause, reasonCode)), cause, reasonCode);
  }

  public synchronized void mandateCancelledAtBank(ResourceId id, String cause, String reasonCode) {
    move(id, "mandates", "cancelled", Set.of("submitted", "active"));
    endPayments(id, tell("mandates", "cancelled", id, bacs(cause, reasonCode)), cause, reasonCode);
  }

  /// The payer is on a list of those whom nobody of this account debits.
  public synchronized void mandateBlocked(ResourceId id) {
    move(id, "mandates", "blocked", Set.of("pending_submission", "submitted", "active"));
    tell("mandates", "blocked", id, details("gocardless", "mandate_blocked"));
  }

  public synchronized void mandateExpired(ResourceId id) {
    move(id, "mandates", "expired", Set.of("active"));
    tell("mandates", "expired", id, details("gocardless", "mandate_expired"));
  }

  public synchronized void mandateReinstatedByBank(ResourceId id) {
    move(id, "mandates", "active", Set.of("cancelled", "expired"));
    tell("mandates", "reinstated", id, details("bank", "mandate_reinstated"));
  }

  /// Somebody else asks the API to lodge it again.
  public synchronized void mandateResubmitted(ResourceId id) {
    move(id, "mandates", "pending_submission", Set.of("cancelled", "expired"));
    tell("mandates", "resubmission_requested", id, details("api", "resubmission_requested"));
  }

  /// Follows [#mandateSubmitted] of a mandate that was reinstated by the API.
  public synchronized void mandateReinstated(ResourceId id) {
    move(id, "mandates", "active", Set.of("submitted"));
    tell("mandates", "reinstated", id, details("gocardless", "mandate_reinstated"));
  }

  public synchronized void mandateTransferred(ResourceId id) {
    require(id, Set.of("active"));
    var mandate = find(id.text());
    var old = mandate.get("links").get("customer_bank_account").textValue();
    var account = find(old).deepCopy();
    account.put("id", nextId("BA"));
    account.put("account_number_ending", "99");
    of("customer_bank_accounts").put(account.get("id").textValue(), account);
    ((ObjectNode) mandate.get("links")).set("customer_bank_account", account.get("id"));
    var event = tell("mandates", "transferred", id, details("bank", "bank_account_transferred"));
    ((ObjectNode) event.get("links"))
        .put("previous_customer_bank_account", old)
        .set("new_customer_bank_account", account.get("id"));
  }

  public synchronized ResourceId mandateReplaced(ResourceId id) {
    move(id, "mandates", "cancelled", Set.of("active"));
    var replacement = find(id.text()).deepCopy();
    replacement.put("id", nextId("MD")).put("status", "active");
    of("mandates").put(replacement.get("id").textValue(), replacement);
    var event =
        tell("mandates", "replaced", id, details("gocardless", "scheme_identifier_changed"));
    ((ObjectNode) event.get("links")).set("new_mandate", replacement.get("id"));
    return new ResourceId(replacement.get("id").textValue());
  }

  // Simulators of payments.

  public synchronized void paymentSubmitted(ResourceId id) {
    move(id, "payments", "submitted", Set.of("pending_submission"));
    tell("payments", "submitted", id, details("gocardless", "payment_submitted"));
  }

  public synchronized void paymentConfirmed(ResourceId id) {
    move(id, "payments", "confirmed", Set.of("submitted"));
    tell("payments", "confirmed", id, details("gocardless", "payment_confirmed"));
  }

  public synchronized void paymentPaidOut(ResourceId id) {
    move(id, "payments", "paid_out", Set.of("confirmed"));
    tell("payments", "paid_out", id, details("gocardless", "payment_paid_out"));
  }

  public synchronized void paymentFailed(ResourceId id, String cause, String reasonCode) {
    move(id, "payments", "failed", Set.of("submitted"));
    tell("payments", "failed", id, failed(cause, reasonCode));
  }

  /// A failure after which GoCardless presents the payment again of itself.
  public synchronized void paymentFailedForNow(ResourceId id, String cause, String reasonCode) {
    move(id, "payments", "failed", Set.of("submitted"));
    tell("payments", "failed", id, failed(cause, reasonCode).put("will_attempt_retry", true));
  }

  /// A failure after the payment was confirmed or even paid out.
  public synchronized void paymentFailedLate(ResourceId id, String cause, String reasonCode) {
    move(id, "payments", "failed", Set.of("confirmed", "paid_out"));
    tell("payments", "failed", id, failed(cause, reasonCode));
  }

  public synchronized void lateFailureSettled(ResourceId id) {
    require(id, Set.of("failed"));
    tell("payments", "late_failure_settled", id, details("gocardless", "late_failure_settled"));
  }

  public synchronized void paymentChargedBack(ResourceId id, String cause, String reasonCode) {
    move(id, "payments", "charged_back", Set.of("confirmed", "paid_out"));
    tell("payments", "charged_back", id, bacs(cause, reasonCode));
  }

  public synchronized void chargebackCancelled(ResourceId id) {
    move(id, "payments", "paid_out", Set.of("charged_back"));
    tell("payments", "chargeback_cancelled", id, details("bank", "payment_confirmed"));
  }

  public synchronized void chargebackSettled(ResourceId id) {
    require(id, Set.of("charged_back"));
    tell("payments", "chargeback_settled", id, details("gocardless", "chargeback_settled"));
  }

  /// Somebody else asks the API to present it again.
  public synchronized void paymentRetried(ResourceId id) {
    move(id, "payments", "pending_submission", Set.of("failed"));
    tell("payments", "resubmission_requested", id, details("api", "payment_retried"));
  }

  /// GoCardless presents it again for a day of its own choice.
  public synchronized void paymentRetried(ResourceId id, LocalDate chargeDate) {
    move(id, "payments", "pending_submission", Set.of("failed"));
    find(id.text()).put("charge_date", chargeDate.toString());
    tell("payments", "resubmission_requested", id, details("gocardless", "payment_autoretried"));
  }

  // Simulators of invites on GoCardless's own pages, which somebody else has asked the API for.

  public synchronized ResourceId billingRequestCreated() {
    var request = object().put("status", "pending");
    request.putObject("links");
    var id = new ResourceId(idOf(put("billing_requests", "BRQ", request)));
    tell("billing_requests", "created", id, details("api", "billing_request_created"));
    return id;
  }

  public synchronized void flowVisited(ResourceId billingRequest) {
    require(billingRequest, Set.of("pending"));
    tell(
        "billing_requests",
        "flow_visited",
        billingRequest,
        details("payer", "billing_request_flow_visited"));
  }

  /// The payer fulfils an invite; what comes of it is a mandate that waits for its submission.
  public synchronized ResourceId billingRequestFulfilled(ResourceId id) {
    move(id, "billing_requests", "fulfilled", Set.of("pending", "ready_to_fulfil"));
    var customer = put("customers", "CU", object());
    var account = object().put("account_number_ending", "78").put("enabled", true);
    account.putObject("links").put("customer", idOf(customer));
    put("customer_bank_accounts", "BA", account);
    var mandate = newMandate(idOf(account), null);
    ((ObjectNode) find(id.text()).get("links"))
        .put("customer", idOf(customer))
        .put("mandate_request_mandate", idOf(mandate));
    tell(
        "mandates",
        "created",
        new ResourceId(idOf(mandate)),
        details("gocardless", "mandate_created"));
    var event =
        tell("billing_requests", "fulfilled", id, details("payer", "billing_request_fulfilled"));
    ((ObjectNode) event.get("links"))
        .put("customer", idOf(customer))
        .put("mandate_request_mandate", idOf(mandate));
    return new ResourceId(idOf(mandate));
  }

  /// Tells something that no version of the API documents.
  public synchronized void tellUnknown(String resourceType, String action, ResourceId id) {
    tell(resourceType, action, id, details("somebody", "something_new"));
  }

  // Webhooks.

  /// All events that no webhook has told yet, in one webhook.
  public synchronized Webhook nextWebhook() {
    var body = object();
    body.set("events", list(events.subList(told, events.size())));
    told = events.size();
    body.putObject("meta").put("webhook_id", "WB%06d".formatted(++webhooks));
    return sign(body.toString());
  }

  public static Webhook sign(String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(WEBHOOK_SECRET.getBytes(UTF_8), "HmacSHA256"));
      return new Webhook(body, HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Posts [#nextWebhook] and hands out the status of the answer.
  public int deliverWebhook(URI to) throws IOException, InterruptedException {
    var webhook = nextWebhook();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(to)
                  .timeout(Duration.ofSeconds(30))
                  .header("Content-Type", "application/json")
                  .header("Webhook-Signature", webhook.signature())
                  .POST(HttpRequest.BodyPublishers.ofString(webhook.body()))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }

  // The API.

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      Fault fault;
      Runnable what = null;
      synchronized (this) {
        var isPayment =
            exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().equals("/payments");
        if (isPayment) {
          what = meanwhile;
          meanwhile = null;
        }
        received.add(
            new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                new String(body, UTF_8)));
        fault = faults.poll();
      }
      if (what != null) what.run();
      switch (fault) {
        case null -> answer(exchange, body);
        case Fault.Instead(boolean done, int status, var headers, var instead) -> {
          if (done) respond(exchange, body);
          headers.forEach(exchange.getResponseHeaders()::set);
          send(exchange, status, instead.getBytes(UTF_8));
        }
        case Fault.Cut(boolean done) -> {
          if (done) respond(exchange, body);
        }
        case Fault.Silence _ -> closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Response(int status, ObjectNode body) {}

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    var response = respond(exchange, body);
    exchange.getResponseHeaders().set("RateLimit-Limit", "1000");
    exchange.getResponseHeaders().set("RateLimit-Remaining", "999");
    exchange.getResponseHeaders().set("RateLimit-Reset", "Tue, 14 Apr 2026 09:35:00 GMT");
    send(exchange, response.status(), bytes(response.body()));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private synchronized Response respond(HttpExchange exchange, byte[] body) {
    try {
      check(exchange);
      var path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
      return switch (exchange.getRequestMethod() + " " + path.length) {
        case "GET 1" -> page(path[0], query(exchange.getRequestURI()));
        case "GET 2" -> one(200, path[0], known(path[0], path[1]));
        case "POST 1" -> create(path[0], body, exchange);
        case "POST 4" -> act(path[0], new ResourceId(path[1]), path[3]);
        default -> throw usage(404, "not_found");
      };
    } catch (Refused refused) {
      return new Response(refused.status, refused.error);
    }
  }

  private static void check(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    if (!("Bearer " + TOKEN).equals(headers.getFirst("Authorization"))) {
      throw usage(401, "access_token_not_found");
    }
    if (!"2015-07-06".equals(headers.getFirst("GoCardless-Version"))) {
      throw usage(400, "version_not_found");
    }
    if (exchange.getRequestMethod().equals("POST")
        && !"application/json".equals(headers.getFirst("Content-Type"))) {
      throw usage(415, "invalid_content_type");
    }
  }

  private Response create(String kind, byte[] body, HttpExchange exchange) {
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (!KINDS.contains(kind)) throw usage(404, "not_found");
    var existing = key == null ? null : keys.get(kind + " " + key);
    if (existing != null) {
      throw state(409, "idempotent_creation_conflict", Map.of("conflicting_resource_id", existing));
    }
    var created = create(kind, parse(body).path(kind));
    if (key != null) keys.put(kind + " " + key, idOf(created));
    return one(201, kind, created);
  }

  private ObjectNode create(String kind, JsonNode fields) {
    return switch (kind) {
      case "customers" -> newCustomer(fields);
      case "customer_bank_accounts" -> newBankAccount(fields);
      case "mandates" -> newMandate(fields);
      case "payments" -> newPayment(fields);
      default -> throw usage(404, "not_found");
    };
  }

  private ObjectNode newCustomer(JsonNode fields) {
    var named =
        fields.hasNonNull("company_name")
            || (fields.hasNonNull("given_name") && fields.hasNonNull("family_name"));
    if (!named) throw validation("given_name", "is required");
    if (!fields.path("country_code").asText().matches("[A-Z]{2}")) {
      throw validation("country_code", "is not a country");
    }
    return put("customers", "CU", (ObjectNode) fields.deepCopy());
  }

  private ObjectNode newBankAccount(JsonNode fields) {
    if (!fields.path("branch_code").asText().matches("[0-9]{6}")) {
      throw validation("branch_code", "must be a number");
    }
    var number = fields.path("account_number").asText();
    if (!number.matches("[0-9]{8}")) {
      throw validation(
          "account_number", "is the wrong length (should be 8 characters), was " + number);
    }
    if (!fields.path("account_holder_name").asText().matches(".{1,18}")) {
      throw validation("account_holder_name", "is too long");
    }
    var customer = link("customers", fields, "customer");
    for (var other : of("customer_bank_accounts").values()) {
      if (other.path("account_number").asText().equals(number)
          && other.path("branch_code").equals(fields.path("branch_code"))
          && other.path("links").path("customer").asText().equals(customer)) {
        throw state(409, "bank_account_exists", Map.of("customer_bank_account", idOf(other)));
      }
    }
    ObjectNode account = fields.deepCopy();
    account.put("account_number_ending", number.substring(6)).put("enabled", true);
    return put("customer_bank_accounts", "BA", account);
  }

  private ObjectNode newMandate(JsonNode fields) {
    if (!fields.path("scheme").asText().equals("bacs")) throw validation("scheme", "is invalid");

    var mandate =
        newMandate(
            link("customer_bank_accounts", fields, "customer_bank_account"),
            fields.path("reference").textValue());
    mandate.set("metadata", fields.path("metadata"));
    tell("mandates", "created", new ResourceId(idOf(mandate)), details("api", "mandate_created"));
    return mandate;
  }

  private ObjectNode newMandate(String account, @Nullable String reference) {
    var mandate =
        object()
            .put("scheme", "bacs")
            .put("status", "pending_submission")
            .put("reference", reference == null ? "GC-%06d".formatted(serial) : reference)
            .put("next_possible_charge_date", today().plusDays(5).toString())
            .put("payments_require_approval", false);
    mandate
        .putObject("links")
        .put("customer_bank_account", account)
        .put("creditor", "CR000001")
        .put("customer", find(account).get("links").get("customer").textValue());
    return put("mandates", "MD", mandate);
  }

  private ObjectNode newPayment(JsonNode fields) {
    if (!fields.path("amount").isIntegralNumber() || fields.get("amount").longValue() < 1) {
      throw validation("amount", "must be greater than 0");
    }
    if (!fields.path("currency").asText().equals("GBP")) throw validation("currency", "is invalid");
    var mandate = find(link("mandates", fields, "mandate"));
    if (!Set.of("pending_submission", "submitted", "active")
        .contains(mandate.get("status").textValue())) {
      throw state(422, "mandate_is_inactive", Map.of("mandate", idOf(mandate)));
    }
    var earliest = mandate.get("next_possible_charge_date").textValue();
    var wanted = fields.path("charge_date").asText(earliest);
    if (LocalDate.parse(wanted).isBefore(LocalDate.parse(earliest))) {
      throw validation("charge_date", "must be on or after mandate's next_possible_charge_date");
    }
    ObjectNode payment = fields.deepCopy();
    payment.put("charge_date", wanted).put("status", "pending_submission");
    payment.put("amount_refunded", 0).remove("retry_if_possible");
    put("payments", "PM", payment);
    tell("payments", "created", new ResourceId(idOf(payment)), details("api", "payment_created"));
    return payment;
  }

  private Response act(String kind, ResourceId id, String action) {
    var resource = known(kind, id.text());
    switch (kind + " " + action) {
      case "mandates cancel" -> {
        refuse(id, "cancellation_failed", "pending_submission", "submitted", "active");
        resource.put("status", "cancelled");
        endPayments(
            id, tell(kind, "cancelled", id, details("api", "mandate_cancelled")), null, null);
      }
      case "payments cancel" -> {
        refuse(id, "cancellation_failed", "pending_submission");
        resource.put("status", "cancelled");
        tell(kind, "cancelled", id, details("api", "payment_cancelled"));
      }
      default -> throw usage(404, "not_found");
    }
    return one(200, kind, resource);
  }

  /// Newest first; a page before an item ends next to it, one after an item begins next to it.
  private Response page(String kind, Map<String, String> query) {
    var all =
        new ArrayList<>(kind.equals("events") ? events : List.copyOf(of(kind).values()))
            .reversed().stream().filter(item -> matches(item, query)).toList();
    int limit = Integer.parseInt(query.getOrDefault("limit", "50"));
    if (limit < 1 || limit > 500) throw validation("limit", "is out of range");
    int from = 0;
    int to = Math.min(limit, all.size());
    if (query.containsKey("after")) {
      from = indexOf(all, query.get("after")) + 1;
      to = Math.min(from + limit, all.size());
    } else if (query.containsKey("before")) {
      to = indexOf(all, query.get("before"));
      from = Math.max(0, to - limit);
    }
    var items = all.subList(from, to);
    var body = object();
    body.set(kind, list(items));
    var meta = body.putObject("meta").put("limit", limit);
    meta.putObject("cursors")
        .put("before", from == 0 || items.isEmpty() ? null : idOf(items.getFirst()))
        .put("after", to == all.size() || items.isEmpty() ? null : idOf(items.getLast()));
    return new Response(200, body);
  }

  private static boolean matches(ObjectNode item, Map<String, String> query) {
    var reference = query.get("reference");
    var mandate = query.get("mandate");
    return (reference == null || item.path("reference").asText().equals(reference))
        && (mandate == null || item.path("links").path("mandate").asText().equals(mandate));
  }

  private static int indexOf(List<ObjectNode> items, String id) {
    for (int index = 0; index < items.size(); index++) {
      if (idOf(items.get(index)).equals(id)) return index;
    }
    throw usage(400, "invalid_cursor");
  }

  // What is kept.

  private Map<String, ObjectNode> of(String kind) {
    var kept = resources.get(kind);
    if (kept == null) throw usage(404, "not_found");
    return kept;
  }

  private ObjectNode known(String kind, String id) {
    var resource = of(kind).get(id);
    if (resource == null) throw usage(404, "resource_not_found");
    return resource;
  }

  private ObjectNode find(String id) {
    for (var kind : resources.values()) {
      if (kind.containsKey(id)) return kind.get(id);
    }
    throw new IllegalArgumentException("there is no " + id);
  }

  private String link(String kind, JsonNode fields, String name) {
    var id = fields.path("links").path(name).asText();
    if (!of(kind).containsKey(id)) throw validation("links." + name, "not found");
    return id;
  }

  private ObjectNode put(String kind, String prefix, ObjectNode resource) {
    resource.put("id", nextId(prefix)).put("created_at", now());
    of(kind).put(idOf(resource), resource);
    return resource;
  }

  private void move(ResourceId id, String kind, String to, Set<String> from) {
    require(id, from);
    known(kind, id.text()).put("status", to);
  }

  private void require(ResourceId id, Set<String> from) {
    if (!from.contains(status(id))) {
      throw new IllegalStateException(id + " is " + status(id) + ", not one of " + from);
    }
  }

  private void refuse(ResourceId id, String reason, String... from) {
    if (!Set.of(from).contains(status(id))) throw state(422, reason, Map.of());
  }

  /// What is not submitted goes with its mandate, and says which event it follows from.
  private void endPayments(
      ResourceId mandate, ObjectNode parent, @Nullable String cause, @Nullable String reasonCode) {
    for (var payment : List.copyOf(of("payments").values())) {
      if (payment.get("links").get("mandate").textValue().equals(mandate.text())
          && payment.get("status").textValue().equals("pending_submission")) {
        payment.put("status", "cancelled");
        var details =
            cause == null || reasonCode == null
                ? details("api", "mandate_cancelled")
                : bacs(cause, reasonCode);
        var event = tell("payments", "cancelled", new ResourceId(idOf(payment)), details);
        ((ObjectNode) event.get("links")).put("parent_event", idOf(parent));
      }
    }
  }

  private ObjectNode tell(String kind, String action, ResourceId id, ObjectNode details) {
    var event =
        object()
            .put("id", nextId("EV"))
            .put("created_at", now())
            .put("resource_type", kind)
            .put("action", action);
    event.set("details", details);
    event.putObject("metadata");
    event.putObject("links").put(kind.replaceFirst("s$", ""), id.text());
    events.add(event);
    return event;
  }

  private static ObjectNode details(String origin, String cause) {
    return object()
        .put("origin", origin)
        .put("cause", cause)
        .put("description", "In the words of a person: " + cause + ".");
  }

  private static ObjectNode bacs(String cause, String reasonCode) {
    return details("bank", cause).put("scheme", "bacs").put("reason_code", reasonCode);
  }

  private static ObjectNode failed(String cause, String reasonCode) {
    return bacs(cause, reasonCode).put("will_attempt_retry", false);
  }

  // Errors.

  private static Refused usage(int status, String reason) {
    return new Refused(status, errorBody("invalid_api_usage", status, reason, Map.of()));
  }

  private static Refused state(int status, String reason, Map<String, String> links) {
    return new Refused(status, errorBody("invalid_state", status, reason, links));
  }

  private static Refused validation(String field, String message) {
    var body = errorBody("validation_failed", 422, "unused", Map.of());
    var errors = ((ObjectNode) body.get("error")).putArray("errors");
    errors
        .addObject()
        .put("message", message)
        .put("field", field)
        .put("request_pointer", "/" + field);
    return new Refused(422, body);
  }

  private static String error(String type, int status, String reason) {
    return errorBody(type, status, reason, Map.of()).toString();
  }

  private static ObjectNode errorBody(
      String type, int status, String reason, Map<String, String> links) {
    var body = object();
    var error = body.putObject("error");
    error
        .put("message", "An error")
        .put("documentation_url", "https://developer.example/#" + reason)
        .put("type", type)
        .put("request_id", "dd50eaaf-8213-48fe-90d6-5466872efbc4")
        .put("code", status);
    var issue = error.putArray("errors").addObject();
    issue.put("reason", reason).put("message", "An error: " + reason);
    links.forEach(issue.putObject("links")::put);
    return body;
  }

  // JSON.

  private static Response one(int status, String kind, ObjectNode resource) {
    var body = object();
    var shown = resource.deepCopy();
    shown.remove("account_number");
    shown.remove("branch_code");
    body.set(kind, shown);
    return new Response(status, body);
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw usage(400, "bad_request");
    }
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode list(List<ObjectNode> items) {
    var list = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> list.add(item.deepCopy()));
    return list;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String idOf(JsonNode resource) {
    return resource.get("id").textValue();
  }

  private static Map<String, String> query(URI uri) {
    var query = new HashMap<String, String>();
    if (uri.getRawQuery() == null) return query;

    for (var pair : uri.getRawQuery().split("&", -1)) {
      var split = pair.indexOf('=');
      query.put(
          URLDecoder.decode(pair.substring(0, split), UTF_8),
          URLDecoder.decode(pair.substring(split + 1), UTF_8));
    }
    return query;
  }

  private String nextId(String prefix) {
    return "%s%06d".formatted(prefix, ++serial);
  }

  private String now() {
    return Instant.ofEpochMilli(clock.millis()).toString();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
