package dev.keyreeve.access.decision;

import java.util.Locale;

/// One rule of a decision, what it saw, and whether it let the call pass.
///
/// @param saw the facts that it looked at, for people
public record Rule(Name name, String saw, Verdict verdict) {

  /// In the order in which they are asked, where a caller is subject to them.
  public enum Name {
    /// Calls from the same address whose credential was wrong.
    FAILED_ATTEMPTS,
    /// Calls from the same address to what is open to everyone.
    ADDRESS_LIMIT,
    /// Who the credential stands for.
    CREDENTIAL,
    /// That the person meant the request, and no other site.
    CROSS_SITE,
    REVOCATION,
    EXPIRY,
    NOT_BEFORE,
    ACTIVATION,
    /// That a session is not over, by age or because nobody used it.
    SESSION,
    ORGANISATION,
    /// Whom the API is for.
    AUDIENCE,
    ORGANISATION_ADDRESSES,
    KEY_ADDRESSES,
    LIMITS,
    /// What the procedure asks for: a scope, a role.
    REQUIREMENT;

    /// As programs write it, such as `key_addresses`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What came of a rule.
  public sealed interface Verdict {
    record Held() implements Verdict {}

    record Refused(Decision.Denied why) implements Verdict {}
  }
}
