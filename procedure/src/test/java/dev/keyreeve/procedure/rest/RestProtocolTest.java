package dev.keyreeve.procedure.rest;

import static dev.keyreeve.procedure.MandatesApi.READ;
import static dev.keyreeve.procedure.MandatesApi.WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Headed;
import dev.keyreeve.procedure.MandatesApi;
import dev.keyreeve.procedure.RestForm;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.Success;
import dev.keyreeve.procedure.http.Canonical;
import dev.keyreeve.procedure.http.CanonicalRequest;
import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TestRequest;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.Protocol;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class RestProtocolTest {
  private static final String MANDATE =
      "{\"success\":true,\"data\":{\"id\":\"man_0001\",\"state\":\"active\","
          + "\"payer\":{\"name\":\"A PAYER\"},\"version\":3,"
          + "\"createdAt\":\"2026-03-02T09:30:00Z\"}}";

  private final RestProtocol rest = new RestProtocol("/dd/v1", MandatesApi.calls());

  @Test
  void wrapsAResultInTheEnvelope() {
    var reply = whole(get("/dd/v1/mandates/man_0001"), "", READ);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers())
        .containsExactly(
            new Header("Content-Type", "application/json"),
            new Header("Cache-Control", "no-store"));
    assertThat(text(reply)).isEqualTo(MANDATE);
  }

  @Test
  void sendsTheHeadersOfAResultBesideItsValue() {
    var shape = Headed.of(MandatesApi.Identity.class);
    var value = new MandatesApi.Identity("wks_1", List.of());
    var cookie = new Header("set-cookie", "a=b; Secure");

    var reply =
        new RestReplies(RestForm.ENVELOPED)
            .success(
                new Result.Succeeded<>(Success.of(shape), new Headed<>(value, List.of(cookie))),
                "",
                null);

    assertThat(text(reply))
        .isEqualTo("{\"success\":true,\"data\":{\"workspace\":\"wks_1\",\"scopes\":[]}}");
    assertThat(reply.headers()).contains(cookie, new Header("cache-control", "no-store"));
  }

  @Test
  void givesTheValueItselfWhereTheApiAnswersPlainly() {
    var reply = whole(plain(), get("/dd/v1/mandates/man_0001"), "", READ);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(text(reply))
        .isEqualTo(
            "{\"id\":\"man_0001\",\"state\":\"active\",\"payer\":{\"name\":\"A PAYER\"},"
                + "\"version\":3,\"createdAt\":\"2026-03-02T09:30:00Z\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/problem+json", "*/*"})
  void tellsEveryoneARefusalAsProblemDetailsWhereTheApiAnswersPlainly(String accept) {
    var request = post("/dd/v1/mandates/man_0409/cancel").with("Accept", accept);

    var reply = whole(plain(), request, "{}", WRITE);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    assertThat(text(reply))
        .startsWith("{\"type\":\"urn:keyreeve:problem:invalid_state\",")
        .contains("\"instance\":\"urn:keyreeve:request:req_1\"")
        .endsWith("\"reason\":\"invalid_state\",\"allowed\":[\"get\"],\"state\":\"cancelled\"}");
  }

  @Test
  void namesNoRequestThatNobodyCouldReadWhereTheApiAnswersPlainly() {
    assertThat(text(plain().refuse(Problem.of(Reasons.MALFORMED_REQUEST))))
        .isEqualTo(
            "{\"type\":\"urn:keyreeve:problem:malformed_request\","
                + "\"title\":\"The request is malformed.\",\"status\":400,"
                + "\"detail\":\"The request is malformed.\","
                + "\"code\":\"BAD_REQUEST\",\"reason\":\"malformed_request\"}");
  }

  @Test
  void breaksAStreamOffWithProblemDetailsWhereTheApiAnswersPlainly() {
    var frames = new EventFrames(new RestReplies(RestForm.PLAIN), "req_1");

    assertThat(frames.refusal(Problem.of(Reasons.KEY_REVOKED)))
        .startsWith("event: problem\ndata: {\"type\":\"urn:keyreeve:problem:key_revoked\",");
  }

  @Test
  void readsTheInputFromTheQuery() {
    var target =
        "/dd/v1/mandates?state=active,cancelled&limit=5&sandbox=true&createdFrom=2026-01-31";

    var reply = whole(get(target), "", READ);

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void readsTheInputFromPathAndBody() {
    var reply =
        whole(
            post("/dd/v1/mandates/man_0001/cancel"),
            "{\"reason\":\"moved\",\"ifVersion\":3}",
            WRITE);

    assertThat(text(reply)).isEqualTo(MANDATE);
  }

  @Test
  void takesAnEmptyBodyForNoInput() {
    var request = TestRequest.get("/dd/v1/mandates/man_0001/cancel").method("POST");

    var reply = whole(request, "", WRITE);

    assertThat(text(reply)).isEqualTo(MANDATE);
  }

  @Test
  void answersABulkFormItemByItem() {
    var reply =
        whole(
            post("/dd/v1/mandates/bulk-cancel"),
            "{\"items\":[{\"id\":\"man_0001\"},{\"id\":\"man_0409\"}]}",
            WRITE);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply))
        .endsWith(
            "{\"error\":{\"code\":\"CONFLICT\",\"reason\":\"invalid_state\","
                + "\"message\":\"The mandate's state does not allow this.\"}}]}}");
  }

  @Test
  void tellsARefusalInTheEnvelope() {
    var reply = whole(post("/dd/v1/mandates/man_0409/cancel"), "{}", WRITE);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    assertThat(text(reply))
        .isEqualTo(
            "{\"success\":false,\"error\":{\"code\":\"CONFLICT\","
                + "\"message\":\"The mandate's state does not allow this.\","
                + "\"reason\":\"invalid_state\","
                + "\"allowed\":[\"get\"],\"state\":\"cancelled\"}}");
  }

  @Test
  void tellsARefusalAsProblemDetailsToThoseWhoAccept() {
    var request =
        post("/dd/v1/mandates/man_0409/cancel")
            .with("Accept", "application/json;q=0.5, Application/Problem+JSON; charset=utf-8");

    var reply = whole(request, "{}", WRITE);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    assertThat(text(reply))
        .isEqualTo(
            "{\"type\":\"urn:keyreeve:problem:invalid_state\","
                + "\"title\":\"The mandate's state does not allow this.\",\"status\":409,"
                + "\"detail\":\"The mandate's state does not allow this.\","
                + "\"instance\":\"urn:keyreeve:request:req_1\","
                + "\"code\":\"CONFLICT\",\"reason\":\"invalid_state\","
                + "\"allowed\":[\"get\"],\"state\":\"cancelled\"}");
  }

  @Test
  void givesAResultAsJsonToThoseWhoAcceptProblems() {
    var request = get("/dd/v1/mandates/man_0001").with("Accept", "application/problem+json");

    assertThat(text(whole(request, "", READ))).isEqualTo(MANDATE);
  }

  @Test
  void tellsAllIssuesAtOnce() {
    var reply =
        whole(
            post("/dd/v1/mandates/nobody/cancel?reason=x"),
            "{\"id\":\"man_0001\",\"ifVersion\":0,\"raeson\":\"x\",\"reason\":7}",
            WRITE);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(text(reply))
        .isEqualTo(
            "{\"success\":false,\"error\":{\"code\":\"BAD_REQUEST\","
                + "\"message\":\"The input is not valid.\",\"reason\":\"invalid_input\",\"issues\":["
                + "{\"path\":\"\",\"code\":\"unexpected_query\","
                + "\"message\":\"This call takes its input from the body.\"},"
                + "{\"path\":\"id\",\"code\":\"unknown_field\","
                + "\"message\":\"This is given by the path, and only there.\"},"
                + "{\"path\":\"id\",\"code\":\"bad_format\","
                + "\"message\":\"A mandate id is man_ and four digits.\"},"
                + "{\"path\":\"reason\",\"code\":\"wrong_type\","
                + "\"message\":\"This must be a string.\"},"
                + "{\"path\":\"ifVersion\",\"code\":\"out_of_range\","
                + "\"message\":\"This must be from 1 to 1000000.\"},"
                + "{\"path\":\"raeson\",\"code\":\"unknown_field\","
                + "\"message\":\"This field is not known; did you mean reason?\"}]}}");
  }

  @Test
  void tellsIssuesOfAQueryByItsParameters() {
    var reply = whole(get("/dd/v1/mandates?limit=many&state=active,lost&stat=x"), "{}", READ);

    assertThat(issuesOf(reply))
        .containsExactly(
            " unexpected_body", "state[1] not_one_of", "limit wrong_type", "stat unknown_field");
  }

  @Test
  void refusesAQueryThatRepeatsThePath() {
    var reply = whole(get("/dd/v1/mandates/man_0001?id=man_0002"), "", READ);

    assertThat(issuesOf(reply)).containsExactly("id unknown_field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "\"x\""})
  void refusesABodyThatIsNoObject(String body) {
    var reply = whole(post("/dd/v1/mandates/man_0001/cancel"), body, WRITE);

    assertThat(issuesOf(reply)).containsExactly(" wrong_type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                | 200
          Application/JSON; charset=utf-8 | 200
          text/json                       | 415
          application/x-www-form-urlencoded | 415
          ''                              | 415
          """)
  void takesOnlyJson(String contentType, int status) {
    var request =
        TestRequest.get("/dd/v1/mandates/man_0001/cancel")
            .method("POST")
            .with("Content-Type", contentType);

    assertThat(whole(request, "{}", WRITE).status()).isEqualTo(status);
  }

  @Test
  void saysWhereTheJsonIsMalformed() {
    var reply = whole(post("/dd/v1/mandates"), "{\"payer\":", WRITE);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(text(reply))
        .startsWith(
            "{\"success\":false,\"error\":{\"code\":\"BAD_REQUEST\",\"message\":\"The text is")
        .endsWith("\"reason\":\"malformed_json\"}}");
  }

  @Test
  void takesTheIdempotencyKeyFromItsHeader() {
    var request = post("/dd/v1/mandates").with("Idempotency-Key", "order-7");

    var reply = whole(request, "{\"payer\":{\"name\":\"A PAYER\"}}", WRITE);

    assertThat(text(reply)).contains("\"note\":\"order-7\"");
  }

  @Test
  void namesTheMissingScope() {
    var reply = whole(post("/dd/v1/mandates/man_0001/cancel"), "{\"bad\":1}", READ);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.header("www-authenticate"))
        .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"mandates:write\"");
    assertThat(text(reply))
        .isEqualTo(
            "{\"success\":false,\"error\":{\"code\":\"FORBIDDEN\","
                + "\"message\":\"The key lacks the scope that this call needs.\","
                + "\"reason\":\"insufficient_scope\",\"requiredScope\":\"mandates:write\"}}");
  }

  @Test
  void hidesABugBehindTheRequestId() {
    var reply = whole(get("/dd/v1/mandates/man_0500"), "", READ);

    assertThat(reply.status()).isEqualTo(500);
    assertThat(text(reply))
        .isEqualTo(
            "{\"success\":false,\"error\":{\"code\":\"SERVER_ERROR\",\"message\":\"The server failed"
                + " to carry this out. Quote the request id when you report it.\","
                + "\"reason\":\"internal_error\",\"requestId\":\"req_1\"}}");
  }

  @Test
  void tellsHowLongToWait() {
    var limit = new Spending.Exhausted(60, 0, 1_772_443_860, 17);

    var reply =
        plan(get("/dd/v1/mandates")).exchange().refuse(Problem.of(new Decision.RateLimited(limit)));

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("retry-after")).isEqualTo("17");
    assertThat(text(reply))
        .isEqualTo(
            "{\"success\":false,\"error\":{\"code\":\"RATE_LIMITED\","
                + "\"message\":\"Too many requests: wait and try again.\","
                + "\"reason\":\"rate_limited\",\"limit\":60,\"retryAfterMs\":17000}}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /dd/v1/nowhere",
    "BREW, /dd/v1/mandates",
    "OPTIONS, /dd/v1/mandates",
    "GET, /dd/v1/mandates",
    "POST, /elsewhere",
    "GET, /dd/v1x/mandates",
  })
  void plansWhatIsNotThereLikeWhatIs(String method, String target) {
    var plan = plan(TestRequest.get(target).method(method));

    var refusal = plan.exchange().refuse(Problem.of(Reasons.INVALID_KEY));

    assertThat(plan.calls()).isEqualTo(1);
    assertThat(refusal).isEqualTo(rest.refuse(Problem.of(Reasons.INVALID_KEY)));
  }

  @Test
  void tellsAnAdmittedCallerThatNothingIsThere() {
    var reply = whole(get("/dd/v1/nowhere"), "", READ);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(text(reply)).contains("\"reason\":\"unknown_route\"");
  }

  @Test
  void tellsAnAdmittedCallerTheMethodsOfAPath() {
    var reply = whole(get("/dd/v1/mandates").method("OPTIONS"), "", READ);

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("allow")).isEqualTo("GET, HEAD, POST");
    assertThat(text(reply))
        .isEqualTo(
            "{\"success\":false,\"error\":{\"code\":\"METHOD_NOT_ALLOWED\","
                + "\"message\":\"This path has another method.\","
                + "\"reason\":\"method_not_allowed\",\"allow\":\"GET, HEAD, POST\"}}");
  }

  @Test
  void answersHeadAsGetWithoutTheBody() {
    var get = whole(get("/dd/v1/mandates/man_0404"), "", READ);

    var head = whole(get("/dd/v1/mandates/man_0404").method("HEAD"), "", READ);

    assertThat(head).isEqualTo(new Reply(404, get.headers(), new byte[0]));
  }

  @Test
  void readsNoMoreThanTheProcedureTakes() {
    assertThat(plan(post("/dd/v1/mandates")).maxBytes()).isEqualTo(64 * 1024);
    assertThat(plan(post("/dd/v1/mandates/bulk-cancel")).maxBytes()).isEqualTo(1024 * 1024);
  }

  @Test
  void streamsTheEventsOfASubscription() throws InterruptedException {
    var answer = answer(get("/dd/v1/mandates/stream").with("Last-Event-ID", "2"), "", READ);

    var streamed = (Answer.Streamed) answer;
    var sent = new StringBuilder();
    streamed.body().writeTo(piece -> sent.append(piece) != null);
    assertThat(streamed.head().header("content-type")).isEqualTo("text/event-stream");
    assertThat(sent.toString())
        .isEqualTo(
            """
            id: 3
            event: message
            data: {"type":"mandate.active","mandate":"man_0003"}

            event: end
            data: {}

            """);
  }

  @Test
  void breaksAStreamOffOnceItIsNoLongerPermitted() {
    var frames = new EventFrames(new RestReplies(RestForm.ENVELOPED), "req_1");

    var frame = frames.refusal(Problem.of(Reasons.KEY_REVOKED));

    assertThat(frame)
        .isEqualTo(
            """
            event: problem
            data: {"success":false,"error":{"code":"UNAUTHORIZED",\
            "message":"The key has been revoked.","reason":"key_revoked"}}

            """);
  }

  @Test
  void refusesASubscriptionWithAStatus() {
    var reply = whole(get("/dd/v1/mandates/stream?since=x"), "", READ);

    assertThat(reply.status()).isEqualTo(400);
  }

  private static TestRequest get(String target) {
    return TestRequest.get(target);
  }

  private static TestRequest post(String target) {
    return TestRequest.get(target).method("POST").with("Content-Type", "application/json");
  }

  private static RestProtocol plain() {
    var options = Api.Options.USUAL.answeringIn(RestForm.PLAIN);
    return new RestProtocol("/dd/v1", MandatesApi.calls(MandatesApi.api(options)));
  }

  private Protocol.Plan.Open plan(TestRequest request) {
    return plan(rest, request);
  }

  private static Protocol.Plan.Open plan(RestProtocol rest, TestRequest request) {
    var accepted = (Canonical.Accepted) CanonicalRequest.of(request, TrustedProxies.NONE);
    return (Protocol.Plan.Open) rest.plan(accepted.head());
  }

  private Answer answer(TestRequest request, String body, Scope scope) {
    return plan(request).exchange().answer(MandatesApi.callerWith(scope), body.getBytes(UTF_8));
  }

  private Reply whole(TestRequest request, String body, Scope scope) {
    return whole(rest, request, body, scope);
  }

  private static Reply whole(RestProtocol rest, TestRequest request, String body, Scope scope) {
    var exchange = plan(rest, request).exchange();
    var answer = exchange.answer(MandatesApi.callerWith(scope), body.getBytes(UTF_8));
    return ((Answer.Whole) answer).reply();
  }

  private static String text(Reply reply) {
    return new String(reply.body(), UTF_8);
  }

  /// Path and code of each issue.
  private static List<String> issuesOf(Reply reply) {
    return Pattern.compile("\"path\":\"([^\"]*)\",\"code\":\"([^\"]*)\"")
        .matcher(text(reply))
        .results()
        .map(found -> found.group(1) + " " + found.group(2))
        .toList();
  }
}
