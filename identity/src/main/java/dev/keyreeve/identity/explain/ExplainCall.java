package dev.keyreeve.identity.explain;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What to explain: a request that was made, or a call that a key might make.
///
/// @param procedure such as `mandates.cancel`
/// @param address where the call would come from; unknown unless said
/// @param at when; now unless said
@SnakeCase
record ExplainCall(
    @Nullable @Text(max = 64) String requestId,
    @Nullable KeyId keyId,
    @Nullable @Text(max = 100) String procedure,
    @Nullable Address address,
    @Nullable Instant at) {

  ExplainCall {
    boolean ofRequest = requestId != null;
    boolean ofKey = keyId != null && procedure != null;
    boolean anyOfKey = keyId != null || procedure != null || address != null || at != null;
    if (ofRequest ? anyOfKey : !ofKey) {
      throw new IllegalArgumentException(
          "Name a request by its request_id alone, or a key by its key_id with a procedure.");
    }
  }
}
