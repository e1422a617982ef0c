package dev.keyreeve.access.limit;

/// What a [Meter] answers when a request pays for its calls.
public sealed interface Spending {
  /// The calls were within every limit and are paid for, or nothing limits this caller.
  sealed interface Granted extends Spending {}

  /// No limit applies, so there is nothing to report.
  record Unmetered() implements Granted {
    static final Unmetered INSTANCE = new Unmetered();
  }

  /// The limit with the least calls left.
  ///
  /// @param limit calls in a window
  /// @param remaining calls left after this request, never negative
  /// @param resetSeconds end of the window, in seconds since the epoch
  record Allowance(int limit, int remaining, long resetSeconds) implements Granted {}

  /// A limit had too few calls left; nothing was spent from any.
  ///
  /// @param limit calls in a window of the limit that refused
  /// @param remaining calls left in it, fewer than the request asked for
  /// @param resetSeconds end of the window, in seconds since the epoch
  /// @param retryAfterSeconds whole seconds until then, at least 1
  record Exhausted(int limit, int remaining, long resetSeconds, int retryAfterSeconds)
      implements Spending {}

  /// The request asks for more calls than a whole window allows, so it can never pass.
  record NeverPossible(int cost, int limit) implements Spending {}

  /// Nothing limits this caller.
  static Granted unmetered() {
    return Unmetered.INSTANCE;
  }
}
