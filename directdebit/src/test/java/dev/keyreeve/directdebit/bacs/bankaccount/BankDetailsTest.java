package dev.keyreeve.directdebit.bacs.bankaccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankDetailsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20-29-59",
        "202959",
        "20 29 59",
        "202959\u00A0",
        "20\u201329\u201359", // en dash
        "20\u00A029\u00A059",
        "20\u201029\u201159", // hyphen, no-break hyphen
        "20\u201429\u221259", // em dash, minus sign
        "20 - 29 - 59",
        "\u200B20\u200929\u202F59\uFEFF",
        "\u202D202959\u202C",
        "2029-59"
      })
  void readsASortCodeHoweverItsDigitsAreParted(String text) {
    var sortCode = SortCode.parse(text);

    assertThat(sortCode.digits()).isEqualTo("202959");
    assertThat(sortCode).hasToString("20-29-59");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--",
        "20000",
        "2000000",
        "20-00-0x",
        "20/00/00",
        "20_00_00",
        "٢٠٠٠٠٠",
        "２０００００",
        "20\n00\t00",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "63748472",
        "6374 8472",
        "6374-8472",
        "63 74 84 72",
        "6374\u00A08472",
        "6374\u20138472\u200B",
        " 63748472 ",
        "\u202D63748472\u202C"
      })
  void readsAnAccountNumberHoweverItsDigitsAreParted(String text) {
    assertThat(AccountNumber.parse(text).reveal()).isEqualTo("63748472");
  }

  @ParameterizedTest
  @CsvSource({
    "123456, 00123456", //
    "12 34 56, 00123456",
    "000001, 00000001",
    "5779911, 05779911",
    "577-9911, 05779911",
    "00123456, 00123456"
  })
  void hasZerosBeforeSixAndSevenDigits(String text, String digits) {
    var account = AccountNumber.parse(text);

    assertThat(account.reveal()).isEqualTo(digits);
    assertThat(account).isEqualTo(AccountNumber.parse(digits));
    assertThat(account).hasSameHashCodeAs(AccountNumber.parse(digits));
    assertThat(account).isNotEqualTo(AccountNumber.parse("57799110"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456789", "012345678", "1234 56789", "000000000"})
  void refusesNineDigitsAndSaysWhoWritesThemAsEight(String text) {
    assertThatThrownBy(() -> AccountNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("eight digits", "Santander", "sort code", "any other bank")
        .hasMessageNotContaining("12345");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567890", "01-12345678", "12 3456 7890"})
  void refusesTenDigitsAndSaysWhoWritesThemAsEight(String text) {
    assertThatThrownBy(() -> AccountNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "National Westminster goes by the last eight",
            "Co-operative Bank by the first eight",
            "any other bank")
        .hasMessageNotContaining("12345");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "12345",
        "12345678901",
        "1234567x",
        "12345678.0",
        "1.2E+07",
        "'12345678",
        "١٢٣٤٥٦٧٨",
        "20-29-59 63748472"
      })
  void refusesWhatIsNoAccountNumberWithoutEchoingIt(String text) {
    assertThatThrownBy(() -> AccountNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An account number is six to eight digits.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "0000000", "000000", "0000 0000", "0000\u20130000\u00A0"})
  void refusesZerosOfPeopleAsAnAccount(String text) {
    assertThatThrownBy(() -> AccountNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An account number of zeros is no account.");
  }

  @Test
  void readsZerosThatABankSaysOrThatWereKept() {
    assertThat(AccountNumber.ofDigits("00000000").reveal()).isEqualTo("00000000");
    assertThat(AccountNumber.ofDigits("5779911").reveal()).isEqualTo("05779911");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "123456", "123456789", "1234567x", "12 345678", "63748472\u00A0"})
  void takesNoLibertiesWithWhatAProgramWrote(String text) {
    assertThatThrownBy(() -> AccountNumber.ofDigits(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An account number is seven or eight digits.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\u00A0\u200B", "Ada\nLovelace"})
  void refusesANameThatIsNone(String name) {
    assertThatThrownBy(() -> heldBy(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sam\u00A0Hale\u200B", "\uFEFFSam\u202FHale", "Sam Hale\u2060 "})
  void holdsANameWithoutWhatNobodySees(String name) {
    assertThat(heldBy(name).accountHolderName()).isEqualTo("Sam Hale");
  }

  @Test
  void printsNeitherTheNumberNorTheName() {
    assertThat(heldBy("Ada Lovelace")).hasToString("BankDetails[20-00-00 ****9911]");
  }

  private static BankDetails heldBy(String name) {
    return new BankDetails(SortCode.parse("200000"), AccountNumber.parse("55779911"), name);
  }
}
