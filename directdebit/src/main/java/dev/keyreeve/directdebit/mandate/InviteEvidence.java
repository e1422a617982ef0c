package dev.keyreeve.directdebit.mandate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How it can be shown, years later, that the payer agreed on the page of an invite.
///
/// @param address of the payer's side, as far as this server can tell
/// @param userAgent what the payer's browser says that it is
/// @param guarantee the version of the Direct Debit Guarantee that the page showed
/// @param noticeDays working days of advance notice that it promised
record InviteEvidence(
    String inviteId,
    Instant agreedAt,
    String address,
    @Nullable String userAgent,
    String guarantee,
    int noticeDays) {
  private static final int MAX_USER_AGENT_LENGTH = 300;

  InviteEvidence {
    if (userAgent != null && userAgent.length() > MAX_USER_AGENT_LENGTH) {
      userAgent = userAgent.substring(0, MAX_USER_AGENT_LENGTH);
    }
  }
}
