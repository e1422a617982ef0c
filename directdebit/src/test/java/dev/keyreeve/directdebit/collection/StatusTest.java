package dev.keyreeve.directdebit.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.StateDiagram;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Every step from every status. `=` stays as it is, `.` is not legal.
class StatusTest {
  private static final String COLLECTIONS =
      """
                sch  pen  sub  col  set  fai  ret  cla  can  ski
      open      pen  =    .    .    .    .    .    .    .    .
      defer     =    sch  .    .    .    .    .    .    .    .
      amend     =    sch  .    .    .    .    .    .    .    .
      cancel    can  can  .    .    .    .    .    .    =    .
      skip      ski  ski  .    .    .    .    .    .    .    =
      present   .    sub  =    .    .    .    sub  .    .    .
      reject    .    fai  fai  .    .    =    .    .    .    .
      withdraw  .    .    can  .    .    .    .    .    =    .
      collect   .    .    col  =    .    .    .    .    .    .
      settle    .    .    .    set  =    .    .    =    .    .
      return    .    .    fai  fai  fai  =    .    .    .    .
      retry     .    .    .    .    .    ret  =    .    .    .
      give_up   .    .    .    .    .    =    fai  .    .    .
      take_up   .    .    =    .    .    sub  sub  .    sub  .
      claim     .    .    .    cla  cla  .    .    =    .    .
      release   .    .    .    .    =    .    .    set  .    .
      """;

  private static final String ATTEMPTS =
      """
                sub  col  set  fai  can  rej
      open      .    .    .    .    .    .
      defer     .    .    .    .    .    .
      amend     .    .    .    .    .    .
      cancel    .    .    .    .    .    .
      skip      .    .    .    .    .    .
      present   .    .    .    .    .    .
      reject    rej  .    .    .    .    =
      withdraw  can  .    .    .    =    .
      collect   col  =    .    .    .    .
      settle    .    set  =    .    .    .
      return    fai  fai  fai  =    .    .
      retry     .    .    .    .    .    .
      give_up   .    .    .    .    .    .
      take_up   =    .    .    sub  sub  .
      claim     .    =    =    .    .    .
      release   .    =    =    .    .    .
      """;

  @Test
  void areDrawnOnThePageOfStates() {
    var finals =
        Arrays.stream(CollectionStatus.values())
            .filter(CollectionStatus::isFinal)
            .map(CollectionStatus::word)
            .toList();

    drawn(
            new StateDiagram("collection").begins("scheduled", "planned"),
            CollectionStatus.values(),
            CollectionStatus::word,
            CollectionStatus::after)
        .ends(finals)
        .assertIsOnThePage();
    drawn(
            new StateDiagram("attempt").begins("submitted", "present"),
            AttemptStatus.values(),
            AttemptStatus::word,
            AttemptStatus::after)
        .assertIsOnThePage();
  }

  private static <S> StateDiagram drawn(
      StateDiagram diagram,
      S[] statuses,
      Function<S, String> word,
      BiFunction<S, Step, Next<S>> after) {
    for (var from : statuses) {
      for (var step : Step.values()) {
        if (after.apply(from, step) instanceof Next.To<S>(var to)) {
          diagram.arrow(
              word.apply(from),
              word.apply(to),
              step.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
      }
    }
    return diagram;
  }

  @Test
  void collectionsMoveAsTheTableHasIt() {
    assertThat(
            table(
                CollectionStatus.values(),
                CollectionStatus::word,
                status -> step -> after(status.after(step), CollectionStatus::word)))
        .isEqualTo(COLLECTIONS);
  }

  @Test
  void attemptsMoveAsTheTableHasIt() {
    assertThat(
            table(
                AttemptStatus.values(),
                AttemptStatus::word,
                status -> step -> after(status.after(step), AttemptStatus::word)))
        .isEqualTo(ATTEMPTS);
  }

  @Test
  void whatIsFinalIsLeftOnlyByBanksOrByPeople() {
    var byBanksOrPeople =
        Map.of(
            CollectionStatus.SETTLED, List.of(Step.RETURN, Step.CLAIM),
            CollectionStatus.FAILED, List.of(Step.RETRY, Step.TAKE_UP),
            CollectionStatus.CANCELLED, List.of(Step.TAKE_UP),
            CollectionStatus.CLAWED_BACK, List.of(Step.RELEASE));

    for (var status : CollectionStatus.values()) {
      if (!status.isFinal()) continue;

      var ways =
          Arrays.stream(Step.values())
              .filter(step -> status.after(step) instanceof Next.To)
              .toList();
      assertThat(ways)
          .as(status.word())
          .containsExactlyInAnyOrderElementsOf(byBanksOrPeople.getOrDefault(status, List.of()));
    }
  }

  @Test
  void whatIsNotFinalCanStillBecomeSo() {
    for (var status : CollectionStatus.values()) {
      assertThat(status.isFinal() || reachesAnEnd(status, 4)).as(status.word()).isTrue();
    }
  }

  private static boolean reachesAnEnd(CollectionStatus status, int steps) {
    return Arrays.stream(Step.values())
        .anyMatch(
            step ->
                status.after(step) instanceof Next.To<CollectionStatus>(var next)
                    && (next.isFinal() || (steps > 0 && reachesAnEnd(next, steps - 1))));
  }

  private static <S> String after(Next<S> next, Function<S, String> word) {
    return switch (next) {
      case Next.To<S>(var status) -> word.apply(status).substring(0, 3);
      case Next.Same<S> _ -> "=";
      case Next.Illegal<S> _ -> ".";
    };
  }

  private static <S> String table(
      S[] statuses, Function<S, String> word, Function<S, Function<Step, String>> after) {
    var text = new StringBuilder("          ");
    for (var status : statuses) text.append("%-5s".formatted(word.apply(status).substring(0, 3)));
    end(text);
    for (var step : Step.values()) {
      text.append("%-10s".formatted(step.name().toLowerCase(Locale.ROOT)));
      for (var status : statuses) {
        text.append("%-5s".formatted(after.apply(status).apply(step)));
      }
      end(text);
    }
    return text.toString();
  }

  private static void end(StringBuilder text) {
    text.setLength(text.toString().stripTrailing().length());
    text.append('\n');
  }
}
