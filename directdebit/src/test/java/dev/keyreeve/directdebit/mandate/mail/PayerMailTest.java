package dev.keyreeve.directdebit.mandate.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox.Parties;
import dev.keyreeve.platform.mail.EmailAddress;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayerMailTest {
  private static final Parties PARTIES =
      new Parties(
          EmailAddress.deliverable("ada@tenant.example"), "Ada Lovelace", "Harbour Lettings");

  @Test
  void tellsOfACollectionInAdvance() {
    var notice =
        PayerMail.advanceNotice(
            PARTIES, "HARBOUR-101", new Pence(123_456_05), LocalDate.of(2026, 8, 3), 3);

    assertThat(notice.subject())
        .isEqualTo("Your Direct Debit to Harbour Lettings on 3 August 2026");
    assertThat(notice.body().replace('\n', ' '))
        .contains(
            "Harbour Lettings will collect £123,456.05 from your account",
            "3 August 2026",
            "HARBOUR-101",
            "The Direct Debit Guarantee",
            "will notify you 3 working days in advance",
            "cancel a Direct Debit at any time");
    assertThat(notice.body().lines()).allMatch(line -> line.length() <= 72);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Ada Lovelace,                 Ada Lovelace
          J.R. Hartley,                 J. R. Hartley
          Zoë O'Brien-Łukasz,           Zoë O'Brien-Łukasz
          evil.example/invite#abc,      evil. example invite abc
          https://evil.example,         https evil. example
          eve@evil.example,             eve evil. example
          ://#,                         customer
          """)
  void makesALineOfAName(String name, String line) {
    assertThat(PayerMail.line(name)).isEqualTo(line);
  }

  @Test
  void boundsANameWithoutBreakingACharacter() {
    assertThat(PayerMail.line("😀".repeat(100))).isEqualTo("😀".repeat(80));
    assertThat(PayerMail.line("Ada\u202e\r\nBcc: eve")).isEqualTo("Ada Bcc eve");
  }
}
