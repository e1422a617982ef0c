package dev.keyreeve.directdebit.bacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MandateReferenceTest {

  @ParameterizedTest
  @ValueSource(strings = {"RENT01", "7.&/- A", "FLAT 12/HIGH ST-01", "AAAAAB", "DDI001"})
  void acceptsWhatBanksAccept(String text) {
    assertThat(MandateReference.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "RENT1",
        "FLAT 12/HIGH ST-012",
        "rent01",
        "RENT_01",
        "-RENT01",
        "AAAAAA",
        "DDIC001",
        "RÉNT01",
      })
  void refusesWhatBanksRefuse(String text) {
    assertThatThrownBy(() -> MandateReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A reference is 6 to 18");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" RENT 01", "RENT 01 ", "\u00A0RENT 01\u200B", "\uFEFFRENT\u202F01\u00A0"})
  void holdsNothingThatCameWithPasting(String text) {
    assertThat(MandateReference.parse(text)).isEqualTo(new MandateReference("RENT 01"));
    assertThatThrownBy(() -> new MandateReference(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
