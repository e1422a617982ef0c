package dev.keyreeve.identity.explain;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.identity.requestlog.LogEntry;
import dev.keyreeve.identity.requestlog.LogSearch;
import java.util.List;

/// The requests of the request log.
public final class LoggedRequests implements SeenRequests {
  private final LogSearch log;

  public LoggedRequests(LogSearch log) {
    this.log = log;
  }

  @Override
  public List<SeenCall> find(String requestId) {
    return log.ofRequest(requestId).stream().map(LoggedRequests::seen).toList();
  }

  private static SeenCall seen(LogEntry entry) {
    var key = entry.keyId();
    var secret = entry.secret();
    var address = entry.address();
    return new SeenCall(
        entry.at(),
        entry.workspaceId(),
        key == null ? null : KeyId.parse(key),
        secret == null ? 0 : secret,
        entry.sessionId(),
        address == null ? Address.UNKNOWN : Address.parse(address),
        entry.procedure(),
        entry.outcome(),
        entry.reason(),
        entry.calls());
  }
}
