package dev.keyreeve.identity.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.procedure.Outcome;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class PasswordRulesTest {
  private static final EmailAddress EMAIL = EmailAddress.parse("Marlowe@Example.COM");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "four words in a row",
        "fifteen letters",
        "пятнадцать букв и ещё",
        "🔑🔑🚪🚪🪟🪟🧱🧱🏠🏠🌳🌳🌊🌊🐟",
        "no digits no capitals needed"
      })
  void takesAnyMixtureThatIsLongEnough(String text) {
    assertThat(PasswordRules.judge(Password.parse(text), EMAIL)).isInstanceOf(Outcome.Done.class);
  }

  @ParameterizedTest
  @CsvSource({
    "fourteen chars, password_too_short",
    "Tr0ub4dor&3xx!, password_too_short",
    "PasswordPassword, password_too_common",
    "correct horse battery staple, password_too_common",
    "aaaaaaaaaaaaaaaaaaa, password_too_common",
    "abcabcabcabcabcab, password_too_common",
    "my name is marlowe, password_names_itself",
    "the Keyreeve password, password_names_itself",
  })
  void refusesWithAReason(String text, String reason) {
    var outcome = PasswordRules.judge(Password.parse(text), EMAIL);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.problem().reason().word()).isEqualTo(reason));
  }

  @Test
  void aPartOfAnAddressThatIsAWordIsNoName() {
    var outcome =
        PasswordRules.judge(
            Password.parse("walking a long way"), EmailAddress.parse("al@example.com"));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void addressesThatDifferInCaseAloneAreOne() {
    assertThat(EMAIL)
        .hasToString("Marlowe@example.com")
        .isEqualTo(EmailAddress.parse("marlowe@EXAMPLE.com"))
        .hasSameHashCodeAs(EmailAddress.parse("MARLOWE@example.com"));
  }

  @Test
  void lettersThatOnlyLookAlikeAreNoAddress() {
    for (var text : List.of("m\u0430rlowe@example.com", "m@ex\u00e4mple.com", "m@x", "a b@c.de")) {
      assertThatThrownBy(() -> EmailAddress.parse(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
