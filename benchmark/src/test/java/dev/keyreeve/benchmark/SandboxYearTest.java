package dev.keyreeve.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SandboxYearTest {
  @Test
  void livesThroughTwoMonthsOfFewMandatesAndShowsThatTheBooksBalance() {
    var report = new SandboxYear(50, 2).measure();

    assertThat(report)
        .contains("| dawn ", "| submission ", "| 2026-02 ", "| attempt ", "| settled ")
        .contains("The books balance", "Mandates add up");
  }
}
