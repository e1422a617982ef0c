package dev.keyreeve.procedure.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
  private static final byte[] BODY = "{\"secret\":\"canary\"}".getBytes(UTF_8);

  @Test
  void gainsHeaderLinesWithoutChange() {
    var reply = Reply.json(200, BODY);

    var limited = reply.with("Retry-After", "3");

    assertThat(reply.headers()).containsExactly(new Header("content-type", "application/json"));
    assertThat(limited.header("retry-after")).isEqualTo("3");
    assertThat(limited.header("etag")).isNull();
  }

  @Test
  void equalsAReplyOfTheSameContent() {
    assertThat(Reply.json(200, BODY))
        .isEqualTo(Reply.json(200, BODY.clone()))
        .hasSameHashCodeAs(Reply.json(200, BODY.clone()));
    assertThat(Reply.json(200, BODY))
        .isNotEqualTo(Reply.json(201, BODY))
        .isNotEqualTo(Reply.of(200, "text/html", BODY));
  }

  @Test
  void printsNeitherItsBodyNorACookie() {
    var reply = Reply.json(200, BODY).with("Set-Cookie", "__Host-keyreeve=canary");

    assertThat(reply.toString() + reply.headers()).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x", "a\nb", "a\rb", "a\u0000", "é", "\u010a"})
  void refusesAHeaderValueThatCouldEndItsLine(String value) {
    assertThatThrownBy(() -> Reply.empty(200).with("x", value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\n", "é"})
  void refusesAHeaderNameThatIsNoToken(String name) {
    assertThatThrownBy(() -> Reply.empty(200).with(name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100, 199, 600})
  void refusesAStatusThatEndsNoRequest(int status) {
    assertThatThrownBy(() -> new Reply(status, List.of(), BODY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
