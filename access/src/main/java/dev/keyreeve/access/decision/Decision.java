package dev.keyreeve.access.decision;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Subject;

/// The answer to one question: may this caller make this call now?
///
/// Each protocol turns the refusals into its own form in one switch without a default, so that a
/// new refusal stops the build exactly there.
public sealed interface Decision {
  /// What [AccessCheck#admit] answers, once per request.
  sealed interface Admission extends Decision {}

  /// What [AccessCheck#permit] answers, once per call.
  sealed interface Permission extends Decision {}

  /// The caller is known, usable, at a good address and within its limits.
  record Admitted(Subject subject, Spending.Granted allowance) implements Admission {}

  /// The caller may call this procedure.
  record Permitted(Subject subject) implements Permission {}

  /// No.
  sealed interface Denied extends Admission, Permission {}

  record NoCredential() implements Denied {}

  /// Malformed, unknown, or its secret is wrong. What is wrong with a key is told only once its
  /// secret has matched; until then every key is unknown.
  record UnknownCredential() implements Denied {}

  /// Another site can have made the owner's browser send this request.
  record CrossSite() implements Denied {}

  record KeyRevoked() implements Denied {}

  record KeyExpired() implements Denied {}

  record KeyNotYetValid() implements Denied {}

  record KeyDeactivated() implements Denied {}

  /// The person signed out, or the session ended by its age or because nobody used it.
  record SessionEnded() implements Denied {}

  record OrganisationSuspended() implements Denied {}

  /// A good credential of another API.
  record WrongAudience() implements Denied {}

  record AddressNotAllowed() implements Denied {}

  record RateLimited(Spending.Exhausted limit) implements Denied {}

  /// The request carries more calls than its limit allows in a whole window.
  record TooManyCalls(int cost, int limit) implements Denied {}

  record MissingScope(Scope required) implements Denied {}

  /// Only a person with this role may do it.
  record MissingRole(Role required) implements Denied {}

  /// Only the command line of whoever runs this server may do it.
  record CommandLineOnly() implements Denied {}

  /// This node cannot confirm that what it knows still holds. Doubt refuses.
  record Unconfirmed() implements Denied {}
}
