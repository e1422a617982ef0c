package dev.keyreeve.directdebit.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What a call will come to. Where the time of banks decides and the model does not count it, both
/// a refusal and a change are possible.
///
/// @param refusals the reasons with which it may be refused
/// @param events what the log tells of the subject if it is carried out
/// @param mayBeDone whether it can be carried out at all
public record Forecast(Set<String> refusals, List<String> events, boolean mayBeDone) {

  /// It is refused for this reason.
  public static Forecast refused(String reason) {
    return new Forecast(Set.of(reason), List.of(), false);
  }

  /// It is carried out, and the log tells these events of its subject.
  public static Forecast done(String... events) {
    return new Forecast(Set.of(), List.of(events), true);
  }

  /// It is so already: nothing happens.
  static Forecast unchanged() {
    return done();
  }

  /// As this, or refused because of a day.
  Forecast orRefused(String... reasons) {
    return new Forecast(Set.copyOf(Arrays.asList(reasons)), events, mayBeDone);
  }
}
