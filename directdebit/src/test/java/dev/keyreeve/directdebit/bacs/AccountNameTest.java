package dev.keyreeve.directdebit.bacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Ada Lovelace | ADA LOVELACE",
        "  Zoë O'Neill-Smith & Partners | ZOE O NEILL-SMITH",
        "Zoe\u0308 O\u2019Neill | ZOE O NEILL", // a mark of its own, and a printed apostrophe
        "Oʼneill | O NEILL",
        "Straße | STRASSE",
        "Ægir Þórsson | AEGIR THORSSON",
        "Łukasz Żółć | LUKASZ ZOLC",
        "Søren Đặng | SOREN DANG",
        "İpek Işık | IPEK ISIK",
        "A–B—C | A-B-C",
        "Smith, J. (Mr) | SMITH J. MR",
        "J/A Smith | J/A SMITH",
        "Ａｄａ | ADA", // full width
        "Flat 3a | FLAT 3A",
        "Bartholomew Featherstonehaugh | BARTHOLOMEW FEATHE",
        "Abcdefghijklmnopq Rest | ABCDEFGHIJKLMNOPQ", // cut before the space, not after
      })
  void writesNamesInTheCharactersOfBacs(String name, String carried) {
    assertThat(AccountName.transliterate(name)).hasToString(carried);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Анна", "Ada 李", "محمد", "Αθηνά", "१२३"})
  void refusesLettersOfOtherScriptsByTheirNumber(String name) {
    assertThatThrownBy(() -> AccountName.transliterate(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("A Bacs record cannot carry the character U\\+[0-9A-F]{4,5}\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "!?", "😀", "\u0301"})
  void refusesANameOfWhichNothingIsLeft(String name) {
    assertThatThrownBy(() -> AccountName.transliterate(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ADA", "ADA ", "Ada", "ADA'S", "ABCDEFGHIJKLMNOPQRS", "ADA\n"})
  void holdsOnlyWhatARecordCan(String text) {
    assertThatThrownBy(() -> new AccountName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesWhatBacsCarriesAsItIs() {
    var random = new Random(3);
    var characters = "ABCXYZ0189.&/- ";

    for (var i = 0; i < 5_000; i++) {
      var text = new StringBuilder("A");
      for (var length = random.nextInt(17); length > 0; length--) {
        var next = characters.charAt(random.nextInt(characters.length()));
        if (next != ' ' || text.charAt(text.length() - 1) != ' ') text.append(next);
      }
      var name = text.toString().strip();

      assertThat(AccountName.transliterate(name)).isEqualTo(new AccountName(name));
      assertThat(AccountName.transliterate(name.toLowerCase(Locale.ROOT)))
          .isEqualTo(new AccountName(name));
    }
  }

  /// Whatever people write, a name is carried as Bacs can hold it or refused.
  @Test
  void neverCarriesAnythingElse() {
    var random = new Random(4);

    for (var i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (var length = random.nextInt(30); length > 0; length--) {
        text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT));
        text.appendCodePoint(random.nextInt(0x180));
      }
      try {
        assertThat(BacsCharacters.includeAll(AccountName.transliterate(text.toString()).text()))
            .isTrue();
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).contains("Bacs record");
      }
    }
  }
}
