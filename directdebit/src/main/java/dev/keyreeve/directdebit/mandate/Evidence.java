package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How it can be shown, years later, that the payer agreed elsewhere.
///
/// @param document where the agent keeps the form or the recording
record Evidence(
    Channel channel, Instant agreedAt, @Nullable @Text(max = 200, plain = true) String document) {

  /// Where the payer agreed.
  enum Channel {
    PAPER,
    ONLINE,
    TELEPHONE
  }

  boolean isGivenBetween(Instant after, Instant atLatest) {
    return agreedAt.isAfter(after) && !agreedAt.isAfter(atLatest);
  }
}
