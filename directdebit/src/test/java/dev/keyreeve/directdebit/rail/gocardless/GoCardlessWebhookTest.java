package dev.keyreeve.directdebit.rail.gocardless;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.rail.gocardless.GoCardlessWebhook.Delivery;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessWebhook.Malformed;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GoCardlessWebhookTest {

  private static final byte[] BODY =
      "{\"events\":[],\"meta\":{\"webhook_id\":\"WB1\"}}".getBytes(UTF_8);
  private static final List<WebhookSecret> SECRETS =
      List.of(WebhookSecret.parse(GoCardlessFake.WEBHOOK_SECRET));

  /// Computed with `openssl dgst -sha256 -hmac`.
  private static final String SIGNATURE =
      "8aa0af97eb0bdb955e78055552428973357606234d2ecf8278f9cb467d35b1f6";

  /// The second is test case 2 of RFC 4231; the others were computed with OpenSSL.
  @ParameterizedTest
  @CsvSource({
    "ED7D658C-D8EB-4941-948B-3973214F2D49, '{\"events\":[],\"meta\":{\"webhook_id\":\"WB1\"}}', 8aa0af97eb0bdb955e78055552428973357606234d2ecf8278f9cb467d35b1f6",
    "Jefe, what do ya want for nothing?, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "c2VjcmV0, '{\"name\":\"Zoë\"}', ddf886433ae3a000d86dd0981d58e8e32b7adf35faf9c7019cce3495c50bcdf3",
    "c2VjcmV0, '', ba3cfff65bc609967406a46493a6551c3c1d84af49d56fc4993154d461464d56"
  })
  void agreesWithAnotherImplementation(String secret, String body, String signature) {
    assertThat(WebhookSecret.parse(secret).signed(body.getBytes(UTF_8), signature)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("wrongSignatures")
  void anyOtherSignatureIsInvalid(String signature) {
    assertThat(GoCardlessWebhook.isSigned(BODY, signature, SECRETS)).isFalse();
  }

  static Stream<String> wrongSignatures() {
    return Stream.concat(
        Stream.of(
            "",
            " " + SIGNATURE,
            SIGNATURE + "\n",
            SIGNATURE.toUpperCase(Locale.ROOT),
            SIGNATURE.substring(1),
            SIGNATURE + "00",
            "sha256=" + SIGNATURE,
            SIGNATURE + "," + SIGNATURE,
            "z".repeat(64),
            "0".repeat(64)),
        IntStream.range(0, 64)
            .mapToObj(
                at ->
                    SIGNATURE.substring(0, at)
                        + (SIGNATURE.charAt(at) == '0' ? '1' : '0')
                        + SIGNATURE.substring(at + 1)));
  }

  @Test
  void aBodyWithoutASignatureIsInvalid() {
    assertThat(GoCardlessWebhook.isSigned(BODY, null, SECRETS)).isFalse();
  }

  @Test
  void everyByteOfTheBodyIsSigned() {
    assertThat(GoCardlessWebhook.isSigned(BODY, SIGNATURE, SECRETS)).isTrue();

    for (int at = 0; at < BODY.length; at++) {
      var changed = BODY.clone();
      changed[at] ^= 1;
      assertThat(GoCardlessWebhook.isSigned(changed, SIGNATURE, SECRETS)).isFalse();
    }
    assertThat(GoCardlessWebhook.isSigned(Arrays.copyOf(BODY, BODY.length + 1), SIGNATURE, SECRETS))
        .isFalse();
  }

  @Test
  void anyOfTheEndpointsSecretsWillDo() {
    var old = WebhookSecret.parse("old");

    assertThat(GoCardlessWebhook.isSigned(BODY, SIGNATURE, List.of(old, SECRETS.getFirst())))
        .isTrue();
    assertThat(GoCardlessWebhook.isSigned(BODY, SIGNATURE, List.of(old))).isFalse();
    assertThat(GoCardlessWebhook.isSigned(BODY, SIGNATURE, List.of())).isFalse();
  }

  @Test
  void whatTheFakeSendsIsSignedAsGoCardlessSigns() {
    assertThat(GoCardlessFake.sign(new String(BODY, UTF_8)).signature()).isEqualTo(SIGNATURE);
  }

  @Test
  void readsTheWebhooksIdAndItsEvents() {
    var body =
        """
        {"events":[{"id":"EV123","created_at":"2026-04-08T17:01:06.000Z","resource_type":"payments",
          "action":"failed",
          "details":{"origin":"bank","cause":"refer_to_payer","scheme":"bacs","reason_code":"ARUDD-0",
            "description":"No funds.","will_attempt_retry":true},
          "metadata":{},"resource_metadata":{"order":"1"},
          "links":{"payment":"PM123","parent_event":"EV122","organisation":"OR1","strange":["x"]}}],
         "meta":{"webhook_id":"WB123"},"further":1}
        """;

    assertThat(GoCardlessWebhook.parse(body.getBytes(UTF_8)))
        .isEqualTo(
            new Delivery(
                new ResourceId("WB123"),
                List.of(
                    new GoCardlessEvent.Told(
                        new ResourceId("EV123"),
                        Instant.parse("2026-04-08T17:01:06Z"),
                        "payments",
                        "failed",
                        new GoCardlessEvent.Details(
                            "bank", "refer_to_payer", "bacs", "ARUDD-0", true),
                        Map.of(
                            "payment",
                            new ResourceId("PM123"),
                            "parent_event",
                            new ResourceId("EV122"),
                            "organisation",
                            new ResourceId("OR1")),
                        new ResourceId("EV122")))));
  }

  @Test
  void aGarbledEventStandsInNobodysWay() {
    var body =
        """
        {"events":[{"id":"EV1"},
          {"id":"EV2","created_at":"then","resource_type":"payments","action":"failed"},
          {"id":"EV3","created_at":"2026-04-08T17:01:06Z","resource_type":7,"action":"failed"},
          {"id":"EV4","created_at":"2026-04-08T17:01:06Z","resource_type":"payments",
            "action":"submitted","links":{"payment":"PM1"}}]}
        """;

    var delivery = (Delivery) GoCardlessWebhook.parse(body.getBytes(UTF_8));

    assertThat(delivery.webhookId()).isNull();
    assertThat(delivery.events()).hasSize(4);
    assertThat(delivery.events().subList(0, 3))
        .allMatch(event -> event instanceof GoCardlessEvent.Garbled)
        .extracting(event -> event.id().text())
        .containsExactly("EV1", "EV2", "EV3");
    assertThat(delivery.events().getLast()).isInstanceOf(GoCardlessEvent.Told.class);
    assertThat(GoCardlessEvents.meaning(delivery.events().getFirst()))
        .isEqualTo(
            new Meaning.Unmapped(
                new ResourceId("EV1"),
                "The event cannot be read: an item of events lacks created_at."));
  }

  @ParameterizedTest
  @MethodSource("bodiesThatAreNoWebhook")
  void aBodyThatIsNoWebhookIsMalformedAndNeverAnException(byte[] body) {
    assertThat(GoCardlessWebhook.parse(body))
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.why()).doesNotContain("secret"));
  }

  static Stream<byte[]> bodiesThatAreNoWebhook() {
    return Stream.of(
            "",
            "secret",
            "null",
            "[]",
            "{}",
            "{\"events\":null}",
            "{\"events\":{}}",
            "{\"events\":[null]}",
            "{\"events\":[\"secret\"]}",
            "{\"events\":[{\"id\":\"a secret\"}]}",
            "{\"events\":[{}]}",
            "{\"events\":[],\"events\":[]}",
            "{\"events\":[],\"meta\":\"secret\"}",
            "{\"events\":[]} trailing",
            "{\"events\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}",
            "{\"events\":[]}" + " ".repeat(GoCardlessWebhook.MAX_BODY))
        .map(text -> text.getBytes(ISO_8859_1));
  }

  @Test
  void aBodyThatIsTooLongIsNotEvenVerified() {
    var webhook = GoCardlessFake.sign(" ".repeat(GoCardlessWebhook.MAX_BODY + 1));

    assertThat(GoCardlessWebhook.isSigned(webhook.bytes(), webhook.signature(), SECRETS)).isFalse();
  }
}
