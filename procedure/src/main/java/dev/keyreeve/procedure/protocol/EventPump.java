package dev.keyreeve.procedure.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Feed;
import dev.keyreeve.procedure.Subscription;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Issue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries a subscription's events to its caller, for as long as the caller listens and may.
///
/// The feed is polled, and before each reading the permission is asked anew: a key that was revoked
/// hears nothing more.
///
/// @param betweenPolls wait after a reading that found nothing
/// @param betweenPings longest silence, counted in polls
public record EventPump(Duration betweenPolls, Duration betweenPings) {
  public static final EventPump STANDARD =
      new EventPump(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private static final Problem UNKNOWN_ID =
      Problem.invalidInput(
          List.of(new Issue("lastEventId", "invalid", "This is not the id of an event here.")));

  public EventPump {
    if (!betweenPolls.isPositive() || betweenPings.compareTo(betweenPolls) < 0) {
      throw new IllegalArgumentException("polls are some time apart, and pings no less");
    }
  }

  /// How a protocol writes what a caller may hear.
  public interface Frames {
    /// @param json the event's data, in one line
    String event(String id, String json);

    /// Says nothing, but shows that the stream is alive.
    String ping();

    /// The last that is said when a stream is broken off.
    String refusal(Problem problem);

    /// The last that is said when the feed is over.
    String end();
  }

  /// Looks whether a subscription may go on.
  public static Answer.Watch watch(Subscription<?> subscription, Frames frames) {
    return () ->
        subscription.permission().get() instanceof Decision.Denied denied
            ? frames.refusal(Problem.of(denied))
            : null;
  }

  /// @param lastId the caller's word for the last event that it knows, or null
  /// @throws InterruptedException if the server is stopping
  public <O> void run(
      Subscription<O> subscription,
      @Nullable String lastId,
      String requestId,
      Frames frames,
      Answer.Sink sink)
      throws InterruptedException {
    var last = lastId;
    boolean lastIsKnown = lastId == null;
    var silence = Duration.ZERO;
    while (true) {
      if (subscription.permission().get() instanceof Decision.Denied denied) {
        sink.send(frames.refusal(Problem.of(denied)));
        return;
      }
      try {
        var events = subscription.feed().after(last);
        lastIsKnown = true;
        for (var event : events) {
          if (!sink.send(frames.event(event.id(), json(subscription, event)))) return;
          last = event.id();
          silence = Duration.ZERO;
        }
        if (!events.isEmpty()) continue;
        if (subscription.feed().isOver()) {
          sink.send(frames.end());
          return;
        }
      } catch (RuntimeException failure) {
        boolean isUnknownId = !lastIsKnown && failure instanceof IllegalArgumentException;
        sink.send(
            frames.refusal(
                isUnknownId ? UNKNOWN_ID : Calls.failed("a subscription", requestId, failure)));
        return;
      }
      silence = silence.plus(betweenPolls);
      if (silence.compareTo(betweenPings) >= 0) {
        if (!sink.send(frames.ping())) return;
        silence = Duration.ZERO;
      }
      if (!sink.pause(betweenPolls)) return;
    }
  }

  private static <O> String json(Subscription<O> subscription, Feed.Tracked<O> event) {
    return new String(Json.bytes(out -> subscription.shape().write(event.data(), out)), UTF_8);
  }
}
