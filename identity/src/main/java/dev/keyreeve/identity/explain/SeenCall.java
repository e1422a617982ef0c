package dev.keyreeve.identity.explain;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A call as it was written down when it was over.
///
/// @param workspace id of the caller's workspace; null where nobody was made out, and for the
///   command line
/// @param secret number of the key's secret that proved it; 0 for any other caller
/// @param procedure null if the request was refused before it came to one
/// @param outcome `ok`, or the code of the problem
/// @param reason the problem's word; null if the call was carried out
/// @param calls more than one if a whole batch was refused
public record SeenCall(
    Instant at,
    @Nullable String workspace,
    @Nullable KeyId key,
    int secret,
    @Nullable String session,
    Address address,
    @Nullable String procedure,
    String outcome,
    @Nullable String reason,
    int calls) {}
