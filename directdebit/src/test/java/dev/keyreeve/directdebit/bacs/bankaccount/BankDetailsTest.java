package dev.keyreeve.directdebit.bacs.bankaccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BankDetailsTest {

  @ParameterizedTest
  @ValueSource(strings = {"20-00-00", "200000"})
  void readsASortCodeWithAndWithoutDashes(String text) {
    var sortCode = SortCode.parse(text);

    assertThat(sortCode.digits()).isEqualTo("200000");
    assertThat(sortCode).hasToString("20-00-00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20000",
        "2000000",
        "20-0000",
        "2000-00",
        "20 00 00",
        "20-00-0x",
        "٢٠٠٠٠٠",
        "200000\n"
      })
  void refusesWhatIsNoSortCodeWithoutEchoingIt(String text) {
    assertThatThrownBy(() -> SortCode.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A sort code is six digits, as in 20-00-00 or 200000.");
  }

  @Test
  void showsOnlyTheLastFourDigitsOfAnAccountNumber() {
    var account = AccountNumber.parse("55779911");

    assertThat(account).hasToString("****9911");
    assertThat(account.last4()).isEqualTo("9911");
    assertThat(account.reveal()).isEqualTo("55779911");
  }

  @Test
  void padsASevenDigitAccountNumber() {
    var account = AccountNumber.parse("5779911");

    assertThat(account).isEqualTo(AccountNumber.parse("05779911"));
    assertThat(account).hasSameHashCodeAs(AccountNumber.parse("05779911"));
    assertThat(account).isNotEqualTo(AccountNumber.parse("57799110"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "123456", "123456789", "1234567x", "12 345678", "١٢٣٤٥٦٧٨"})
  void refusesWhatIsNoAccountNumberWithoutEchoingIt(String text) {
    assertThatThrownBy(() -> AccountNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An account number is seven or eight digits.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "Ada\nLovelace"})
  void refusesANameThatIsNone(String name) {
    assertThatThrownBy(() -> heldBy(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void printsNeitherTheNumberNorTheName() {
    assertThat(heldBy("Ada Lovelace")).hasToString("BankDetails[20-00-00 ****9911]");
  }

  private static BankDetails heldBy(String name) {
    return new BankDetails(SortCode.parse("200000"), AccountNumber.parse("55779911"), name);
  }
}
