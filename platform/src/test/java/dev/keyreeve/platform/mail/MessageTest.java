package dev.keyreeve.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  private static final MailAddress TO = new MailAddress("ada@tenant.example");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@tenant.example",
        "ada@",
        "ada@tenant.example\nBcc: eve@example.com",
        "ada@tenant.example\r\n",
        "ada@tenant.example,eve@example.com",
        "ada@tenant.example eve@example.com",
        "<ada@tenant.example>",
        "Ada <ada@tenant.example>",
        "ada@[127.0.0.1]",
        "\"a b\"@tenant.example",
        "ada..b@tenant.example",
        "ada@-tenant.example",
        "ädä@tenant.example",
        "ada@tenant.example>"
      })
  void knowsNoSuchAddress(String text) {
    assertThat(MailAddress.isOne(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new MailAddress(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a@b", "ada+rent@tenant.example", "o'brien@x-y.example", "1.2@a.b.c.example"})
  void knowsTheseAddresses(String text) {
    assertThat(new MailAddress(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a\nBcc: eve@example.com", "a\rb", "a\u2028b", "a\u202eb", "a\u0000b"})
  void hasNoSuchSubject(String subject) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Message(TO, subject, "Text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "a\rb", "a\u0000b", "a\u202eb", "a\tb"})
  void hasNoSuchBody(String body) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Message(TO, "Rent", body));
  }

  @Test
  void printsNothingOfItsBody() {
    assertThat(new Message(TO, "Rent", "token").toString()).doesNotContain("token", "ada@");
  }
}
