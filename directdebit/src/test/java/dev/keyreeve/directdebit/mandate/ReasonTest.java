package dev.keyreeve.directdebit.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.mandate.Reason.ApprovalRefused;
import dev.keyreeve.directdebit.mandate.Reason.Given;
import dev.keyreeve.directdebit.mandate.Reason.Reported;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

  @Test
  void comesBackFromItsText() {
    assertThat(Reason.parse("ARUDD-2")).isEqualTo(new Reported(AruddReason.PAYER_DECEASED));
    assertThat(Reason.parse("approval_refused")).isEqualTo(new ApprovalRefused());
    assertThat(Reason.parse("Tenant moved out")).isEqualTo(new Given("Tenant moved out"));
  }

  @Test
  void givesTheSameCauseForTheSameThingInEveryReport() {
    assertThat(AruddReason.PAYER_DECEASED.cause()).isEqualTo("payer_deceased");
    assertThat(AruddReason.PAYER_DECEASED.code()).isEqualTo("ARUDD-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "ARUDD-2", "DDIC-9", "approval_refused", "two\nlines"})
  void aCollectorCannotSpeakForABank(String words) {
    assertThatThrownBy(() -> Given.parse(words)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesACodeThatNoReportHas() {
    assertThatThrownBy(() -> Reason.parse("ARUDD-Z")).isInstanceOf(IllegalArgumentException.class);
  }
}
