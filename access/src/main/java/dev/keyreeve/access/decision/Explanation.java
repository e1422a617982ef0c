package dev.keyreeve.access.decision;

import dev.keyreeve.access.decision.Rule.Name;
import dev.keyreeve.access.decision.Rule.Verdict;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why a call is permitted or refused: every rule that its caller is subject to, in the order in
/// which they are asked. The first that refuses is the decision; those behind it tell what would
/// refuse next.
///
/// @param decision what [AccessCheck#admit] and then [AccessCheck#permit] would answer
public record Explanation(List<Rule> rules, Decision.Permission decision) {
  public Explanation {
    rules = List.copyOf(rules);
  }

  /// The rules as they are told one after the other.
  static final class Builder {
    private final List<Rule> rules = new ArrayList<>();
    private Decision.@Nullable Denied first;

    Explanation end(Subject subject) {
      return new Explanation(rules, first == null ? new Decision.Permitted(subject) : first);
    }

    void rule(Name name, String saw, boolean holds, Decision.Denied otherwise) {
      rule(name, saw, holds ? null : otherwise);
    }

    void rule(Name name, String saw, Decision.@Nullable Denied refusal) {
      if (first == null) first = refusal;
      rules.add(
          new Rule(name, saw, refusal == null ? new Verdict.Held() : new Verdict.Refused(refusal)));
    }

    void key(Key key, int secret, Audience audience, Address client, long nowMillis) {
      rule(Name.CREDENTIAL, "the key " + key.shown() + provedBy(secret), null);
      rule(
          Name.REVOCATION,
          "the key is " + wordOf(key.state()),
          key.state() != KeyState.REVOKED,
          new Decision.KeyRevoked());
      rule(
          Name.EXPIRY,
          key.expiresAtMillis() == Key.NEVER
              ? "the key never expires"
              : "the key expires at " + Instant.ofEpochMilli(key.expiresAtMillis()),
          nowMillis < key.expiresAtMillis(),
          new Decision.KeyExpired());
      rule(
          Name.NOT_BEFORE,
          key.notBeforeMillis() == 0
              ? "the key has been valid since it was issued"
              : "the key is valid from " + Instant.ofEpochMilli(key.notBeforeMillis()),
          nowMillis >= key.notBeforeMillis(),
          new Decision.KeyNotYetValid());
      rule(
          Name.ACTIVATION,
          "the key is " + wordOf(key.state()),
          key.state() != KeyState.DEACTIVATED,
          new Decision.KeyDeactivated());
      organisation(key.organisation());
      rule(
          Name.AUDIENCE,
          "a key that begins with " + key.prefix() + ", and an API for " + wordsOf(audience),
          audience.includes(key),
          new Decision.WrongAudience());
      addresses(Name.ORGANISATION_ADDRESSES, key.organisation().standing().addresses(), client);
      addresses(Name.KEY_ADDRESSES, key.addresses(), client);
    }

    void session(Session session, Audience audience, Address client, long nowMillis) {
      rule(Name.CREDENTIAL, "a session of " + session.email(), null);
      rule(
          Name.SESSION,
          "last used at %s, over at %s at the latest"
              .formatted(
                  Instant.ofEpochMilli(session.presence().seenMillis()),
                  Instant.ofEpochMilli(session.endsAtMillis())),
          !session.isOverAt(nowMillis),
          new Decision.SessionEnded());
      organisation(session.organisation());
      if (audience instanceof Audience.Keys) {
        addresses(
            Name.ORGANISATION_ADDRESSES, session.organisation().standing().addresses(), client);
      }
    }

    void commandLine(Audience audience) {
      rule(Name.CREDENTIAL, "the command line of the operator", null);
      rule(
          Name.AUDIENCE,
          "an API for " + wordsOf(audience),
          audience instanceof Audience.People,
          new Decision.WrongAudience());
    }

    /// @param spending what the meter would answer
    void limits(Name name, Spending spending, int cost) {
      switch (spending) {
        case Spending.Unmetered _ -> rule(name, "nothing limits this caller", null);
        case Spending.Allowance(int limit, int remaining, long reset) ->
            rule(
                name,
                "%d of %d calls would be left until %s"
                    .formatted(remaining, limit, Instant.ofEpochSecond(reset)),
                null);
        case Spending.Exhausted exhausted ->
            rule(
                name,
                "%d of %d calls are left until %s, and the request costs %d"
                    .formatted(
                        exhausted.remaining(),
                        exhausted.limit(),
                        Instant.ofEpochSecond(exhausted.resetSeconds()),
                        cost),
                new Decision.RateLimited(exhausted));
        case Spending.NeverPossible(int asked, int limit) ->
            rule(
                name,
                "%d calls in a request, and %d in a minute".formatted(asked, limit),
                new Decision.TooManyCalls(asked, limit));
      }
    }

    void requirement(Subject subject, Requirement requirement, Decision.Permission permission) {
      rule(
          Name.REQUIREMENT,
          wordsOf(subject) + "; the procedure asks for " + wordsOf(requirement),
          permission instanceof Decision.Denied denied ? denied : null);
    }

    private void organisation(Organisation organisation) {
      boolean suspended = organisation.standing().suspended();
      rule(
          Name.ORGANISATION,
          "the organisation is " + (suspended ? "suspended" : "in good standing"),
          !suspended,
          new Decision.OrganisationSuspended());
    }

    private void addresses(Name name, AddressList list, Address client) {
      var ranges =
          list.ranges().isEmpty()
              ? "no list restricts it"
              : list.ranges().stream().map(Object::toString).collect(Collectors.joining(", "));
      var from = client.isUnknown() ? "an unknown address" : client.toString();
      rule(name, from + "; " + ranges, list.allows(client), new Decision.AddressNotAllowed());
    }

    private static String provedBy(int secret) {
      return secret == 0 ? "" : ", proved by its secret " + secret;
    }

    private static String wordOf(KeyState state) {
      return switch (state) {
        case ACTIVE -> "active";
        case DEACTIVATED -> "deactivated";
        case REVOKED -> "revoked";
      };
    }

    private static String wordsOf(Audience audience) {
      return switch (audience) {
        case Audience.Keys(var brand) -> "keys that begin with " + brand + "_, and people";
        case Audience.People _ -> "people";
        case Audience.Everyone _ -> "everyone";
      };
    }

    private static String wordsOf(Subject subject) {
      return switch (subject) {
        case Key key -> "granted " + key.scopes().granted();
        case Session session -> "signed in as " + session.role().word();
        case CommandLine _ -> "the operator";
        case Anyone _ -> "nobody in particular";
      };
    }

    private static String wordsOf(Requirement requirement) {
      return switch (requirement) {
        case Requirement.Holds(var scope) -> "the scope " + scope.token();
        case Requirement.SignedIn(var role) -> "the role " + role.word();
        case Requirement.CommandLine _ -> "the command line of whoever runs this server";
        case Requirement.AnyCaller _ -> "any good credential";
        case Requirement.Possession(var what) -> "possession of: " + what;
      };
    }
  }
}
