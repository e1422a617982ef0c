package dev.keyreeve.platform.mail;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A mail without its text and its recipient's address.
///
/// @param kind what it is: `invite`, `confirmation`, `advance_notice`
/// @param subjectId what it is about, such as the id of an invite
/// @param recipientId who gets it, such as the id of a payer
/// @param nextTryAt null once it has ended
/// @param answer what the server said to the last try, if it was not taken
@SnakeCase
public record MailView(
    String id,
    String workspaceId,
    String kind,
    String subjectId,
    String recipientId,
    MailStatus status,
    int attempts,
    Instant queuedAt,
    @Nullable Instant nextTryAt,
    @Nullable Instant endedAt,
    @Nullable String answer) {}
