package dev.keyreeve.directdebit.bacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BacsWordsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "12345", "1234567", "12345a", "١٢٣٤٥٦", "123456\n"})
  void aServiceUserNumberIsSixDigits(String text) {
    assertThatThrownBy(() -> ServiceUserNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(TransactionCode.class)
  void transactionCodesComeBackFromTheirText(TransactionCode code) {
    assertThat(TransactionCode.find(code.code())).contains(code);
    assertThat(TransactionCode.findReturned(code.code())).contains(code);
  }

  @Test
  void aReturnNamesTheDebitThatCameBack() {
    assertThat(List.of("U1", "U7", "U8", "U9"))
        .map(TransactionCode::findReturned)
        .map(Optional::orElseThrow)
        .map(TransactionCode::code)
        .containsExactly("01", "17", "18", "19");
    assertThat(TransactionCode.find("U7")).isEmpty();
    assertThat(TransactionCode.find("99")).isEmpty();
  }

  @Test
  void numbersTheSubmissionsOfADay() {
    var newYear = LocalDate.parse("2026-01-01");
    var lastOfLeapYear = LocalDate.parse("2028-12-31");

    assertThat(VolumeSerial.of(newYear, 1)).hasToString("001001");
    assertThat(VolumeSerial.of(lastOfLeapYear, 999)).hasToString("366999");
    assertThatThrownBy(() -> VolumeSerial.of(newYear, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VolumeSerial.of(newYear, 1000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VolumeSerial("00100a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAccountIsWrittenAsBacsCanHoldItAndNamesNobodyInALog() {
    var details =
        new BankDetails(SortCode.parse("00-00-01"), AccountNumber.parse("55779911"), "Zoë Smith");

    var account = BacsAccount.of(details);

    assertThat(account.name()).isEqualTo(new AccountName("ZOE SMITH"));
    assertThat(account).hasToString("BacsAccount[00-00-01 ****9911]");
  }

  @Test
  void keepsTheFirstHundredFaultsInTheOrderOfTheFile() {
    var faults = new Faults();

    for (var line = 200; line > 0; line--) faults.add(line, "is wrong");

    var refused = (Reading.Refused<String>) faults.<String>refusal();
    assertThat(refused.faults()).hasSize(100).first().hasToString("line 101: is wrong");
    assertThatThrownBy(() -> new Faults().refusal()).isInstanceOf(IllegalArgumentException.class);
  }
}
