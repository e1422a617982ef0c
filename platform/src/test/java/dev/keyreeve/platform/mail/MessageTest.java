package dev.keyreeve.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  private static final EmailAddress TO = EmailAddress.deliverable("ada@tenant.example");

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
