package dev.keyreeve.procedure.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.procedure.Feed;
import dev.keyreeve.procedure.Subscription;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Shapes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventPumpTest {
  private static final Decision.Permission YES = new Decision.Permitted(new Anyone());

  private final EventPump pump = new EventPump(Duration.ofMillis(1), Duration.ofMillis(3));
  private final List<@Nullable String> asked = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  private record Event(int number) {}

  @Test
  void asksForWhatFollowsTheLastEventThatWasHeard() throws InterruptedException {
    var feed = feed(List.of(List.of(event(5), event(6)), List.of(event(7))));

    run(feed, "4", () -> YES);

    assertThat(heard)
        .containsExactly("5 {\"number\":5}", "6 {\"number\":6}", "7 {\"number\":7}", "end");
    assertThat(asked).containsExactly("4", "6", "7");
  }

  @Test
  void breaksASilence() throws InterruptedException {
    var feed = feed(List.of(List.of(), List.of(), List.of(), List.of(event(1)), List.of()));

    run(feed, null, () -> YES);

    assertThat(heard).containsExactly("ping", "1 {\"number\":1}", "end");
  }

  @Test
  void stopsBeforeTheNextReadingOnceTheCallerMayNoLongerListen() throws InterruptedException {
    var permissions = new ArrayDeque<>(List.of(YES, new Decision.KeyRevoked()));

    run(feed(List.of(List.of(event(1)), List.of(event(2)))), null, permissions::remove);

    assertThat(heard).containsExactly("1 {\"number\":1}", "refused: key_revoked");
  }

  @Test
  void stopsOnceTheCallerIsGone() throws InterruptedException {
    pump.run(
        subscription(feed(List.of(List.of(event(1), event(2)))), () -> YES),
        null,
        "req_1",
        new Words(),
        piece -> {
          heard.add(piece);
          return false;
        });

    assertThat(heard).containsExactly("1 {\"number\":1}");
  }

  @Test
  void refusesAnIdThatTheFeedDoesNotKnow() throws InterruptedException {
    run(failing(new NumberFormatException("canary")), "first", () -> YES);

    assertThat(heard).containsExactly("refused: invalid_input");
  }

  @Test
  void blamesItselfForAnyOtherFailureOfTheFeed() throws InterruptedException {
    run(failing(new NumberFormatException("canary")), null, () -> YES);
    run(failing(new IllegalStateException("canary")), "1", () -> YES);

    assertThat(heard).containsExactly("refused: internal_error", "refused: internal_error");
  }

  @Test
  void knowsNoIdThatCouldEndALine() {
    assertThatThrownBy(() -> new Feed.Tracked<>("1\n", new Event(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void run(
      Feed<Event> feed, @Nullable String lastId, Supplier<Decision.Permission> permission)
      throws InterruptedException {
    pump.run(subscription(feed, permission), lastId, "req_1", new Words(), heard::add);
  }

  private static Subscription<Event> subscription(
      Feed<Event> feed, Supplier<Decision.Permission> permission) {
    return new Subscription<>(Shapes.of(Event.class), feed, permission);
  }

  private static Feed.Tracked<Event> event(int number) {
    return new Feed.Tracked<>(Integer.toString(number), new Event(number));
  }

  /// A feed that answers with these readings and is then over.
  private Feed<Event> feed(List<List<Feed.Tracked<Event>>> readings) {
    var left = new ArrayDeque<>(readings);
    return new Feed<>() {
      @Override
      public List<Tracked<Event>> after(@Nullable String lastId) {
        asked.add(lastId);
        return left.isEmpty() ? List.of() : left.remove();
      }

      @Override
      public boolean isOver() {
        return left.isEmpty();
      }
    };
  }

  private static Feed<Event> failing(RuntimeException failure) {
    return _ -> {
      throw failure;
    };
  }

  private static final class Words implements EventPump.Frames {
    @Override
    public String event(String id, String json) {
      return id + " " + json;
    }

    @Override
    public String ping() {
      return "ping";
    }

    @Override
    public String refusal(Problem problem) {
      return "refused: " + problem.reason().word();
    }

    @Override
    public String end() {
      return "end";
    }
  }
}
