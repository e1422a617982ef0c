package dev.keyreeve.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  private static final String LONGEST_LOCAL = "a".repeat(64);
  private static final String LONGEST_DOMAIN = ("d".repeat(61) + ".").repeat(3) + "com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@tenant.example",
        "ada@",
        "a@b@tenant.example",
        "ada@tenant.example\nBcc: eve@example.com",
        "ada@tenant.example\r\n",
        "ada@tenant.example eve@example.com",
        "Ada <ada@tenant.example>",
        "\"a b\"@tenant.example",
        "ada@tenant..example",
        "ada@.example",
        "ada@tenant.example.",
        "a\u0000da@tenant.example",
        "ada@ten\u0085ant.example"
      })
  void isNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress(text));
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.parse(text));
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.inAscii(text));
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.deliverable(text));
    assertThat(EmailAddress.ifDeliverable(text)).isEmpty();
  }

  @Test
  void has64CharactersBeforeTheSignAnd254InAll() {
    var longest = LONGEST_LOCAL + "@" + LONGEST_DOMAIN;

    assertThat(longest).hasSize(254);
    assertThat(new EmailAddress(longest).domain()).isEqualTo(LONGEST_DOMAIN);
    assertThat(EmailAddress.parse(longest)).isEqualTo(EmailAddress.inAscii(longest));
    assertThat(EmailAddress.deliverable(longest)).hasToString(longest);
    isNone("a" + longest);
    isNone(longest + "m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@tenant.example",
        "Ada@Tenant.EXAMPLE",
        "a,b@tenant.example",
        "<ada@tenant.example>",
        "ada..b@tenant.example",
        "ädä@tenant.example",
        "ada@münchen.example",
        "ada@-tenant.example"
      })
  void ofSomebodyElseStandsAsItWasWritten(String text) {
    assertThat(EmailAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ada@tenant.example",
        "ada@tenant.example\u00A0",
        "ada@\u200Btenant.example",
        "\uFEFFada@tenant.example",
        "\u202Aada@tenant.example\u202C"
      })
  void holdsNothingThatCameWithPasting(String text) {
    assertThat(EmailAddress.parse(text)).hasToString("ada@tenant.example");
    assertThat(EmailAddress.inAscii(text)).hasToString("ada@tenant.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ada\u00A0b@tenant.example", "ada@tenant.example\u202Feve@tenant.example"})
  void hasNoSpaceInsideOfWhateverKind(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.parse(text));
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.inAscii(text));
  }

  @Test
  void ofSomebodyElseIsInADomainWithADot() {
    assertThat(new EmailAddress("ada@localhost")).hasToString("ada@localhost");
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.parse("ada@localhost"));
  }

  @Test
  void thatDifferInCaseAloneAreOneToWhoeverSignsIn() {
    var marlowe = EmailAddress.inAscii("Marlowe@Example.COM");

    assertThat(marlowe).hasToString("Marlowe@example.com");
    for (var text : List.of("marlowe@EXAMPLE.com", "MARLOWE@example.com")) {
      assertThat(marlowe.isSameAs(EmailAddress.inAscii(text))).isTrue();
      assertThat(marlowe.compared()).isEqualTo(EmailAddress.inAscii(text).compared());
    }
    assertThat(marlowe.isSameAs(EmailAddress.inAscii("marlow@example.com"))).isFalse();
  }

  @Test
  void whoeverCorrectsTheCaseOfALetterHasChangedIt() {
    assertThat(EmailAddress.parse("Ada@tenant.example"))
        .isNotEqualTo(EmailAddress.parse("ada@tenant.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m\u0430rlowe@example.com",
        "m@ex\u00e4mple.com",
        "m@x",
        "a b@c.de",
        "m@ex_ample.com",
        "m@example.com>"
      })
  void lettersThatOnlyLookAlikeSignNobodyIn(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.inAscii(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b@c.de", "<m@example.com", "ada..b@tenant.example", "m@-x-.example"})
  void whoeverSignedInWithOneStillDoes(String text) {
    assertThat(EmailAddress.inAscii(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@tenant.example,eve@example.com",
        "<ada@tenant.example>",
        "ada@[127.0.0.1]",
        "ada..b@tenant.example",
        "ada@-tenant.example",
        "ädä@tenant.example",
        "ada@tenant.example>",
        "a,b@tenant.example"
      })
  void nothingInAMessageIsNamedLikeThis(String text) {
    assertThat(EmailAddress.ifDeliverable(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.deliverable(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a@b", "ada+rent@tenant.example", "o'brien@x-y.example", "1.2@a.b.c.example"})
  void mailCanBeSentToThese(String text) {
    assertThat(EmailAddress.deliverable(text)).hasToString(text);
  }

  @Test
  void aMessageGoesToAndComesFromNoOther() {
    var narrow = EmailAddress.deliverable("ada@tenant.example");
    var wide = EmailAddress.parse("a,b@tenant.example");

    assertThat(narrow.isDeliverable()).isTrue();
    assertThat(wide.isDeliverable()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Message(wide, "Rent", "Text"));
    assertThatIllegalArgumentException().isThrownBy(() -> new From(wide, "Ada", null));
    assertThatIllegalArgumentException().isThrownBy(() -> new From(narrow, "Ada", wide));
  }
}
