package dev.keyreeve.identity.key;

import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;

/// Why something cannot be done to a key.
public final class KeyRefusals {
  public static final Reason NO_SUCH_KEY =
      new Reason(Code.NOT_FOUND, "key_not_found", "There is no such key.");
  public static final Reason KEY_IS_REVOKED =
      new Reason(Code.CONFLICT, "key_is_revoked", "A revoked key stays revoked.");
  public static final Reason KEY_IS_EXPIRED =
      new Reason(
          Code.CONFLICT, "key_is_expired", "An expired key stays expired: issue another one.");

  private KeyRefusals() {}
}
