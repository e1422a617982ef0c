package dev.keyreeve.identity.requestlog;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call, or one refused request, as people look it up.
///
/// @param workspaceId absent where nobody was made out, and for the command line
/// @param secret number of the key's secret that was used
/// @param procedure absent if the request was refused before it came to one
/// @param outcome `ok`, or the code of the problem
/// @param reason the problem's word in the catalogue
/// @param address of the client
/// @param calls more than one if a whole batch was refused
/// @param node which wrote it down
@SnakeCase
public record LogEntry(
    Instant at,
    String requestId,
    @Nullable String organisationId,
    @Nullable String workspaceId,
    @Nullable String keyId,
    @Nullable Integer secret,
    @Nullable String sessionId,
    @Nullable String procedure,
    String outcome,
    @Nullable String reason,
    int status,
    @Nullable String address,
    int calls,
    long latencyMicros,
    String node) {}
