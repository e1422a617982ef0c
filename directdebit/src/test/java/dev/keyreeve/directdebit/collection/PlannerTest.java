package dev.keyreeve.directdebit.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.BankHolidays;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.collector.serviceuser.Collector;
import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.MandateStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final BacsCalendar CALENDAR = new BacsCalendar(BankHolidays.known());

  @Test
  void closesTheDayAtNineOnLondonsClocksInSummerAndInWinter() {
    var planner = planner(10);

    // Thursday, the 22nd of October is in summer time and the 29th is not.
    assertThat(planner.nextEntry(Instant.parse("2026-10-22T19:59:59Z"))).isEqualTo("2026-10-26");
    assertThat(planner.nextEntry(Instant.parse("2026-10-22T20:00:00Z"))).isEqualTo("2026-10-27");
    assertThat(planner.nextEntry(Instant.parse("2026-10-29T20:59:59Z"))).isEqualTo("2026-11-02");
    assertThat(planner.nextEntry(Instant.parse("2026-10-29T21:00:00Z"))).isEqualTo("2026-11-03");
  }

  @Test
  void tellsInTimeHoweverManyDaysLieBetweenAndAroundEaster() {
    // Good Friday is the 26th of March 2027 and Easter Monday the 29th.
    assertThat(planner(10).firstToldAt(LocalDate.parse("2027-03-18"))).isEqualTo("2027-04-05");
    for (int days = 1; days <= 20; days++) {
      var planner = planner(days);
      for (var dawn = LocalDate.parse("2027-02-20");
          dawn.isBefore(LocalDate.parse("2027-06-10"));
          dawn = dawn.plusDays(1)) {
        var first = planner.firstToldAt(dawn);
        assertThat(CALENDAR.isProcessingDay(first)).isTrue();
        assertThat(CALENDAR.between(dawn, first)).isGreaterThanOrEqualTo(days);
        assertThat(CALENDAR.cycleTo(first).inputDay()).isAfterOrEqualTo(dawn);
      }
    }
  }

  @Test
  void beginsEarlierWhereAProviderStandsBeforeBacs() {
    var planner = planner(1, SchemeKind.GOCARDLESS);

    // Monday, the 24th of August, in the week before the bank holiday of the 31st.
    assertThat(planner.nextEntry(Instant.parse("2026-08-24T11:00:00Z"))).isEqualTo("2026-08-28");
    assertThat(planner.nextEntry(Instant.parse("2026-08-24T20:00:00Z"))).isEqualTo("2026-09-01");
    assertThat(planner.firstToldAt(LocalDate.parse("2026-08-25"))).isEqualTo("2026-09-01");
    assertThat(planner.cycleFrom(LocalDate.parse("2026-08-25")).processingDay())
        .isEqualTo("2026-08-28");
  }

  /// Whoever is planned for the first day that can be told of is told at some dawn before its run.
  @Test
  void alwaysFindsADawnAtWhichToTell() {
    for (int days = 1; days <= 20; days++) {
      tellsInTime(planner(days));
      tellsInTime(planner(days, SchemeKind.GOCARDLESS));
    }
  }

  private static void tellsInTime(Planner planner) {
    for (var asked = LocalDate.parse("2026-12-01");
        asked.isBefore(LocalDate.parse("2027-06-10"));
        asked = asked.plusDays(1)) {
      var entryOn = planner.firstToldAt(asked.plusDays(1));
      var told = asked.plusDays(1);
      while (!planner.isToBeToldAt(told, entryOn)) told = told.plusDays(1);

      assertThat(planner.firstToldAt(told)).as("asked on %s", asked).isEqualTo(entryOn);
      assertThat(told).isBeforeOrEqualTo(planner.collector().cycleTo(CALENDAR, entryOn).inputDay());
    }
  }

  @Test
  void saysTheFirstDayThatAMandateLetsADebitBeMade() {
    var noon = Instant.parse("2026-07-01T11:00:00Z");
    var planner = planner(1);

    assertThat(planner.possible(mandate(MandateStatus.ACTIVE, null), noon)).isEqualTo("2026-07-03");
    assertThat(planner.possible(mandate(MandateStatus.PENDING_SUBMISSION, null), noon))
        .as("lodged on the 3rd, in force on the 7th and collected by the run of that evening")
        .isEqualTo("2026-07-09");
    assertThat(planner.possible(mandate(MandateStatus.SUSPENDED, "2026-07-20"), noon))
        .isEqualTo("2026-07-22");
    assertThat(planner.possible(mandate(MandateStatus.SUSPENDED, null), noon)).isNull();
    assertThat(planner.possible(mandate(MandateStatus.INVITED, null), noon)).isNull();
    assertThat(planner.possible(mandate(MandateStatus.CANCELLED, null), noon)).isNull();
  }

  @Test
  void retriesForWantOfFundsAloneAndWithinAMonth() {
    var planner = planner(10);
    var returned = LocalDate.parse("2026-08-04");
    var first = LocalDate.parse("2026-08-03");

    for (var reason : AruddReason.values()) {
      assertThat(RetryPolicy.next(planner, reason, 1, returned, first).isPresent())
          .as(reason.code())
          .isEqualTo(reason == AruddReason.REFER_TO_PAYER);
    }
    var funds = AruddReason.REFER_TO_PAYER;
    assertThat(RetryPolicy.next(planner, funds, 2, returned, first))
        .contains(LocalDate.parse("2026-08-11"));
    assertThat(RetryPolicy.next(planner, funds, 3, returned, first)).isEmpty();
    var inTime = LocalDate.parse("2026-08-26");
    assertThat(RetryPolicy.next(planner, funds, 1, inTime, first))
        .as("the 31st is a bank holiday")
        .contains(LocalDate.parse("2026-09-03"));
    assertThat(RetryPolicy.next(planner, funds, 1, inTime.plusDays(1), first)).isEmpty();
  }

  @Test
  void letsPeopleRetryWhatTheSchemeLetsThem() {
    assertThat(
            Arrays.stream(AruddReason.values())
                .filter(reason -> RetryPolicy.mayBeAsked(reason.code())))
        .containsExactly(
            AruddReason.REFER_TO_PAYER,
            AruddReason.NOTICE_DISPUTED,
            AruddReason.AMOUNT_DIFFERS,
            AruddReason.NOT_YET_DUE,
            AruddReason.PRESENTATION_OVERDUE);
    assertThat(RetryPolicy.mayBeAsked(null)).as("never taken in").isTrue();
  }

  private static Planner planner(int noticeDays) {
    return planner(noticeDays, SchemeKind.BACS);
  }

  private static Planner planner(int noticeDays, SchemeKind scheme) {
    return new Planner(
        CALENDAR, new Collector(noticeDays, 24, 2, 5, false, new Pence(10_000_000), scheme));
  }

  private static MandateFacts mandate(MandateStatus status, @Nullable String until) {
    return new MandateFacts(
        new MandateId("man_01JDCVN8Q00000000000000000"),
        new MandateReference("PLANNER-1"),
        status,
        until == null ? null : LocalDate.parse(until),
        false,
        null,
        null,
        null);
  }
}
