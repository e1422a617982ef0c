package dev.keyreeve.identity.usage;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much a key is used.
///
/// @param requests in its whole life: calls that were admitted, however they ended
/// @param lastUsedAt when it was last admitted; absent if it never was
/// @param lastUsedFrom the address of that call
/// @param secrets the key's own, two while a rotation overlaps
/// @param periods those in which there were calls, oldest first, with one item for each outcome
@SnakeCase
public record KeyUsage(
    String keyId,
    long requests,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedFrom,
    List<SecretUsage> secrets,
    Unit unit,
    Instant from,
    Instant to,
    List<Period> periods) {

  /// @param number in the life of the key
  @SnakeCase
  public record SecretUsage(
      int number, Instant createdAt, @Nullable Instant lastUsedAt, @Nullable String lastUsedFrom) {}

  /// The calls of a minute, an hour or a day that ended alike.
  ///
  /// @param at when it begins
  /// @param outcome `ok`, or the code of the problem
  /// @param meanMicros how long a call took, in microseconds
  /// @param slowestMicros how long the slowest took
  @SnakeCase
  public record Period(
      Instant at, String outcome, long calls, long meanMicros, long slowestMicros) {}
}
