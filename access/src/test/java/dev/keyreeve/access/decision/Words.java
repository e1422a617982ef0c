package dev.keyreeve.access.decision;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;

/// A decision in the words of [Reference].
final class Words {
  private Words() {}

  static String of(Decision decision) {
    return switch (decision) {
      case Decision.Admitted(var subject, var allowance) ->
          "admitted " + of(subject) + ", " + of(allowance);
      case Decision.Permitted _ -> "permitted";
      case Decision.NoCredential _ -> "no credential";
      case Decision.UnknownCredential _ -> "unknown credential";
      case Decision.CrossSite _ -> "cross-site";
      case Decision.SessionEnded _ -> "session ended";
      case Decision.KeyRevoked _ -> "revoked";
      case Decision.KeyExpired _ -> "expired";
      case Decision.KeyNotYetValid _ -> "not yet valid";
      case Decision.KeyDeactivated _ -> "deactivated";
      case Decision.OrganisationSuspended _ -> "suspended";
      case Decision.WrongAudience _ -> "wrong audience";
      case Decision.AddressNotAllowed _ -> "address not allowed";
      case Decision.RateLimited(var limit) -> "limited: " + of(limit);
      case Decision.TooManyCalls(int cost, int limit) ->
          "too many calls: %d of %d".formatted(cost, limit);
      case Decision.MissingScope(var scope) -> "missing scope " + scope;
      case Decision.MissingRole(var role) -> "missing role " + role;
      case Decision.CommandLineOnly _ -> "operator only";
      case Decision.Unconfirmed _ -> "unconfirmed";
    };
  }

  static String of(Subject subject) {
    return switch (subject) {
      case Key key -> key.id().toString();
      case Session session -> session.id();
      case CommandLine _ -> "operator";
      case Anyone _ -> "anyone";
    };
  }

  private static String of(Spending spending) {
    return switch (spending) {
      case Spending.Unmetered _ -> "unmetered";
      case Spending.Allowance(int limit, int remaining, long reset) ->
          "%d of %d left until %d".formatted(remaining, limit, reset);
      case Spending.Exhausted(int limit, int remaining, long reset, int retryAfter) ->
          "%d of %d left until %d, retry after %d".formatted(remaining, limit, reset, retryAfter);
      case Spending.NeverPossible never -> never.toString();
    };
  }
}
