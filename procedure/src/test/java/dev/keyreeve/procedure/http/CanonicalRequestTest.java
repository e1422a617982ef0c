package dev.keyreeve.procedure.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.credential.Provenance;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.procedure.http.Canonical.Accepted;
import dev.keyreeve.procedure.http.Canonical.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalRequestTest {
  private static final TestRequest REQUEST = TestRequest.get("/a");
  private static final Credential ABSENT = new Credential.Absent();
  private static final Credential UNRECOGNISED = new Credential.Unrecognised();

  @Test
  void tellsWhatTheRequestSays() {
    var request = REQUEST.method("POST").with("Accept", "text/html").with("X-API-Key", "dd_live_1");

    var head = head(request);

    assertThat(head.method()).isEqualTo("POST");
    assertThat(head.path()).isEqualTo("/a");
    assertThat(head.rawQuery()).isNull();
    assertThat(head.query()).isEmpty();
    assertThat(head.header("accept")).isEqualTo("text/html");
    assertThat(head.header("accept-language")).isNull();
    assertThat(head.client()).isEqualTo(Address.parse("198.51.100.7"));
    assertThat(head.credential()).isEqualTo(token("dd_live_1"));
    assertThat(head.requestId()).isEqualTo("req_1");
  }

  @Test
  void showsACredentialNowhereButInItsPlace() {
    var request =
        TestRequest.get("/a?b=canary")
            .with("Authorization", "Bearer canary")
            .with("X-API-Key", "canary")
            .with("Cookie", "__Host-keyreeve=canary");

    var head = head(request);

    assertThat(head.header("authorization")).isNull();
    assertThat(head.header("X-Api-Key")).isNull();
    assertThat(head.header("Cookie")).isNull();
    assertThat(head.toString()).isEqualTo("GET /a (req_1)");
    assertThat(head.credential().toString()).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get", "Get", "GE T", "GET\t", "G\u0000T", "GÉT", "GET1", "GET/"})
  void refusesAMethodThatIsNoUpperCaseWord(String method) {
    assertThat(read(REQUEST.method(method))).isEqualTo(Refused.INVALID_METHOD);
  }

  @Test
  void namesEachRefusalOnceAndAnswersItWith400UnlessItIsForWantOfHttps() {
    assertThat(Arrays.stream(Refused.values()).map(Refused::code))
        .doesNotHaveDuplicates()
        .allMatch(c -> c.matches("[a-z_]+"));
    assertThat(Refused.values())
        .allSatisfy(
            refused -> {
              assertThat(refused.status()).isEqualTo(refused == Refused.HTTPS_REQUIRED ? 403 : 400);
              assertThat(refused.message()).endsWith(".");
            });
    assertThat(Refused.AMBIGUOUS_CREDENTIAL.code()).isEqualTo("ambiguous_credential");
  }

  // query

  @Test
  void decodesTheParametersOfTheQueryInOrder() {
    var head = head(TestRequest.get("/a?b=1&c=x+y%2Bz&d&e=&%C3%A9=%E2%82%AC&f=g=h&&i[j]=%3B%26"));

    assertThat(head.rawQuery()).isEqualTo("b=1&c=x+y%2Bz&d&e=&%C3%A9=%E2%82%AC&f=g=h&&i[j]=%3B%26");
    assertThat(head.query())
        .containsExactly(
            Map.entry("b", "1"),
            Map.entry("c", "x y+z"),
            Map.entry("d", ""),
            Map.entry("e", ""),
            Map.entry("é", "€"),
            Map.entry("f", "g=h"),
            Map.entry("i[j]", ";&"));
    assertThat(head.query("c")).isEqualTo("x y+z");
    assertThat(head.query("x")).isNull();
  }

  @Test
  void readsTheInputOfATrpcBatch() {
    var head =
        head(
            TestRequest.get(
                "/trpc/a.b,c.d?batch=1&input=%7B%220%22%3A%7B%22x%22%3A%22%2F..%2F%22%7D%7D"));

    assertThat(head.query("batch")).isEqualTo("1");
    assertThat(head.query("input")).isEqualTo("{\"0\":{\"x\":\"/../\"}}");
  }

  @Test
  void tellsAnEmptyQueryFromNone() {
    assertThat(head(TestRequest.get("/a?")).rawQuery()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a=1&a=1 ambiguous_query",
        "a=1&a=2 ambiguous_query",
        "a&a ambiguous_query",
        "a=1&b=2&%61=3 ambiguous_query",
        "=1&=2 ambiguous_query",
        "a=1;b=2 ambiguous_query",
        "; ambiguous_query",
        "a=% malformed_query",
        "a=%2 malformed_query",
        "a=%&2c malformed_query",
        "a=%2&c malformed_query",
        "%=1 malformed_query",
        "%2=c malformed_query",
        "a=%zz malformed_query",
        "a=%C3 malformed_query",
        "a=%c0%af malformed_query",
        "%ff=1 malformed_query",
        "a=%ED%A0%80 malformed_query",
        "a=é malformed_query",
        "a=b#c malformed_query",
        "# malformed_query",
        "api_key=x credential_in_url",
        "apiKey=x credential_in_url",
        "a=b&access_token=x credential_in_url",
        "access_token credential_in_url",
        "%61pi_key=x credential_in_url",
        "connectionParams=%7B%7D credential_in_url"
      })
  void refusesAQueryThatCanBeReadInTwoWaysOrHoldsACredential(String query, String code) {
    assertThat(read(TestRequest.get("/a?" + query)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=\u0000", "a=\t", "a= b", "a=\u007f", "a\r\n=b"})
  void refusesAQueryWithRawControlCharacters(String query) {
    assertThat(read(TestRequest.get("/a?" + query))).isEqualTo(Refused.MALFORMED_QUERY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key=x", "token=x", "apikey=x", "API_KEY=x"})
  void leavesOtherParametersToTheProcedure(String query) {
    assertThat(head(TestRequest.get("/a?" + query)).credential()).isEqualTo(ABSENT);
  }

  // host and body

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.example.com",
        "api.example.com:8443",
        "localhost",
        "127.0.0.1:80",
        "[::1]:80",
        "my_service"
      })
  void acceptsAHost(String host) {
    assertThat(read(bare().with("Host", host))).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a,b", "a/b", "user@host", "a?b", "é", "a\u0000", "http://a"})
  void refusesAnInvalidHost(String host) {
    assertThat(read(bare().with("Host", host))).isEqualTo(Refused.INVALID_HOST);
  }

  @Test
  void refusesAMissingHostWhereTheProtocolDemandsOne() {
    assertThat(read(bare())).isEqualTo(Refused.INVALID_HOST);
    assertThat(read(new TestRequest("GET", "/a", false, List.of(), Address.UNKNOWN, "req_1")))
        .isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Host, api.example.com, host, api.example.com, INVALID_HOST",
    "Host, api.example.com, HOST, other.example, INVALID_HOST",
    "Content-Type, application/json, content-type, application/json, AMBIGUOUS_BODY",
    "Content-Length, 1, content-length, 1, AMBIGUOUS_BODY",
    "Content-Length, 1, content-length, 2, AMBIGUOUS_BODY",
    "Transfer-Encoding, chunked, transfer-encoding, chunked, AMBIGUOUS_BODY",
    "Transfer-Encoding, chunked, Content-Length, 3, AMBIGUOUS_BODY",
    "Content-Length, 3, Transfer-Encoding, chunked, AMBIGUOUS_BODY"
  })
  void refusesTwoHostsOrTwoDescriptionsOfTheBody(
      String name, String value, String other, String again, Refused refused) {
    var request = (name.equals("Host") ? bare() : REQUEST).with(name, value).with(other, again);

    assertThat(read(request)).isEqualTo(refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "identity", "gzip, chunked", "chunked, chunked", "xchunked", "chunked;"})
  void refusesEveryCodingButChunked(String coding) {
    assertThat(read(REQUEST.with("Transfer-Encoding", coding))).isEqualTo(Refused.UNKNOWN_CODING);
    assertThat(read(REQUEST.with("Transfer-Encoding", "Chunked"))).isInstanceOf(Accepted.class);
  }

  // credentials

  @ParameterizedTest
  @ValueSource(strings = {"Bearer k.1", "bearer k.1", "BEARER k.1", "bEaReR   k.1"})
  void readsABearerTokenWhateverTheCaseOfItsScheme(String value) {
    assertThat(head(REQUEST.with("Authorization", value)).credential()).isEqualTo(token("k.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dd_live_0aZ", "a-b.c_d~e+f/g", "YWI=", "YQ==", "x"})
  void readsEveryToken68FromEitherHeader(String value) {
    assertThat(head(REQUEST.with("x-api-key", value)).credential()).isEqualTo(token(value));
    assertThat(head(REQUEST.with("authorization", "Bearer " + value)).credential())
        .isEqualTo(token(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Bearer",
        "Bearer ",
        "Bearer\tk",
        "Bearerk",
        "Basic dXNlcjpwYXNz",
        "Digest x",
        "Token k",
        "k",
        "DPoP k",
        "Bearer k k",
        "Bearer k ",
        " Bearer k",
        "Bearer \"k\"",
        "Bearer =",
        "Bearer a=b",
        "Bearer ké",
        "Bearer k\u0000",
        "Bearer Bearer k",
        "Bearer k;x=y",
        "Bearer: k"
      })
  void recognisesNoCredentialInAnotherAuthorization(String value) {
    assertThat(head(REQUEST.with("Authorization", value)).credential()).isEqualTo(UNRECOGNISED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Bearer k", "k k", " k", "k ", "\"k\"", "=", "k:k", "ké", "k\n"})
  void recognisesNoCredentialInAnotherKeyHeader(String value) {
    assertThat(head(REQUEST.with("X-API-Key", value)).credential()).isEqualTo(UNRECOGNISED);
  }

  @Test
  void recognisesATokenOfUpTo4096Characters() {
    var longest = "k".repeat(4096);

    assertThat(head(REQUEST.with("X-API-Key", longest)).credential()).isEqualTo(token(longest));
    assertThat(head(REQUEST.with("X-API-Key", longest + "k")).credential()).isEqualTo(UNRECOGNISED);
    assertThat(head(REQUEST.with("Authorization", "Bearer " + longest + "k")).credential())
        .isEqualTo(UNRECOGNISED);
  }

  @Test
  void takesOneTokenInBothHeadersAsOneCredential() {
    var request = REQUEST.with("Authorization", "Bearer k1").with("X-API-Key", "k1");

    assertThat(head(request).credential()).isEqualTo(token("k1"));
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer k1, X-API-Key, k2",
    "X-API-Key, k2, Authorization, Bearer k1",
    "Authorization, Bearer k1, X-API-Key, K1",
    "Authorization, Basic k1, X-API-Key, k1",
    "Authorization, Bearer k1, X-API-Key, ''",
    "Authorization, '', X-API-Key, k1",
    "Authorization, '', X-API-Key, ''",
    "Authorization, Bearer k1, Authorization, Bearer k1",
    "Authorization, Bearer k1, authorization, Bearer k2",
    "Authorization, Basic a, AUTHORIZATION, Bearer k1",
    "X-API-Key, k1, X-Api-Key, k1",
    "X-API-Key, k1, x-api-key, k2",
    "Authorization, 'Bearer k1, Bearer k2', Accept, x",
    "Authorization, 'Bearer k1,k2', Accept, x",
    "Authorization, 'Basic a, Bearer k1', Accept, x",
    "Authorization, ',', Accept, x",
    "X-API-Key, 'k1,k2', Accept, x",
    "X-API-Key, 'k1,', Accept, x",
    "X-API-Key, 'k1, k1', Authorization, Bearer k1"
  })
  void refusesMoreThanOneCredential(String name, String value, String other, String again) {
    var request = REQUEST.with(name, value).with(other, again);

    assertThat(read(request)).isEqualTo(Refused.AMBIGUOUS_CREDENTIAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Host-keyreeve=s1",
        "a=b; __Host-keyreeve=s1",
        "__Host-keyreeve=s1; a=b",
        "a=b;__Host-keyreeve=s1;c=d",
        "a; __Host-keyreeve=s1;",
        "__Host-keyreeve2=x; __Host-keyreeve=s1",
        "x__Host-keyreeve=x; __Host-keyreeve=s1",
        "a=__Host-keyreeve=x; __Host-keyreeve=s1"
      })
  void readsTheSessionCookie(String line) {
    assertThat(head(REQUEST.with("Cookie", line)).credential()).isEqualTo(cookie("s1"));
  }

  @Test
  void readsTheSessionCookieFromCookiesInSeveralLines() {
    var request =
        REQUEST.with("cookie", "a=b").with("cookie", "__Host-keyreeve=s1").with("cookie", "c=d");

    assertThat(head(request).credential()).isEqualTo(cookie("s1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "a=b",
        "__host-keyreeve=s1",
        "__Host-keyreeve",
        "__Host-keyreeve =s1",
        "keyreeve=s1",
        "__Secure-keyreeve=s1",
        "\t__Host-keyreeve=s1",
        "\u00a0__Host-keyreeve=s1",
        "$Version=1,__Host-keyreeve=s1"
      })
  void seesNoCredentialInOtherCookies(String line) {
    assertThat(head(REQUEST.with("Cookie", line)).credential()).isEqualTo(ABSENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Host-keyreeve=",
        "__Host-keyreeve=\"s1\"",
        "__Host-keyreeve=s 1",
        "__Host-keyreeve=s1 ; a=b"
      })
  void recognisesNoCredentialInASessionCookieOfAnotherForm(String line) {
    assertThat(head(REQUEST.with("Cookie", line)).credential()).isEqualTo(UNRECOGNISED);
  }

  @Test
  void refusesTwoSessionCookies() {
    assertThat(read(REQUEST.with("Cookie", "__Host-keyreeve=s1; __Host-keyreeve=s2")))
        .isEqualTo(Refused.AMBIGUOUS_CREDENTIAL);
    assertThat(
            read(REQUEST.with("Cookie", "__Host-keyreeve=s1").with("Cookie", "__Host-keyreeve=s1")))
        .isEqualTo(Refused.AMBIGUOUS_CREDENTIAL);
  }

  @Test
  void ignoresACookieBesideACredentialHeader() {
    var cookies = REQUEST.with("Cookie", "__Host-keyreeve=s1; __Host-keyreeve=s2");

    assertThat(head(cookies.with("X-API-Key", "k1")).credential()).isEqualTo(token("k1"));
    assertThat(head(cookies.with("Authorization", "Bearer k1")).credential())
        .isEqualTo(token("k1"));
    assertThat(head(cookies.with("Authorization", "Basic k1")).credential())
        .isEqualTo(UNRECOGNISED);
    assertThat(head(cookies.with("X-API-Key", "")).credential()).isEqualTo(UNRECOGNISED);
  }

  private static TestRequest bare() {
    return new TestRequest("GET", "/a", true, List.of(), Address.parse("198.51.100.7"), "req_1");
  }

  private static Canonical read(TestRequest request) {
    return CanonicalRequest.of(request, TrustedProxies.NONE);
  }

  private static Head head(TestRequest request) {
    assertThat(read(request)).isInstanceOf(Accepted.class);
    return ((Accepted) read(request)).head();
  }

  private static Credential token(String text) {
    return new Credential.Token(Secret.of(text));
  }

  private static Credential cookie(String text) {
    return new Credential.Cookie(Secret.of(text), new Provenance.Reading());
  }
}
