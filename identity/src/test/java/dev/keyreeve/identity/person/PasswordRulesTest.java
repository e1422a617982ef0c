package dev.keyreeve.identity.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.procedure.Outcome;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class PasswordRulesTest {
  private static final EmailAddress EMAIL = EmailAddress.inAscii("Marlowe@Example.COM");

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
            Password.parse("walking a long way"), EmailAddress.inAscii("al@example.com"));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }
}
