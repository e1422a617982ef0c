package dev.keyreeve.access.decision;

import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.AddressMeter;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import org.jspecify.annotations.Nullable;

/// Decides who may call. A request is admitted once, before its body is read; each call in it is
/// then permitted, before its procedure runs.
///
/// The order is the contract: identity, then address, then limits; scopes come after, so that a
/// caller who probes for them pays.
///
/// Deterministic over its arguments and the meter: it takes no lock and does no input or output.
public final class AccessCheck {
  /// Wrong credentials that an address may try in a minute before it is told to wait.
  public static final int FAILED_ATTEMPTS = 60;

  /// Calls a minute of an address to what is open to everyone.
  public static final int CALLS_OF_ANYONE = 120;

  private final Meter meter;
  private final AddressMeter failures;
  private final AddressMeter everyone;

  /// @param failures charged with wrong credentials; a good one never meets it
  /// @param everyone charged with calls to what is open to everyone
  public AccessCheck(Meter meter, AddressMeter failures, AddressMeter everyone) {
    this.meter = meter;
    this.failures = failures;
    this.everyone = everyone;
  }

  /// With the usual limits of an address.
  public AccessCheck(Meter meter) {
    this(meter, new AddressMeter(FAILED_ATTEMPTS), new AddressMeter(CALLS_OF_ANYONE));
  }

  /// May this caller be served at all?
  ///
  /// @param cost number of calls in the request, 1 or more
  /// @param nowMillis milliseconds since the epoch
  public Decision.Admission admit(
      Lookup lookup, Audience audience, Address client, int cost, long nowMillis) {
    if (audience instanceof Audience.Everyone) {
      return answer(new Anyone(), everyone.spend(client, cost, nowMillis));
    }
    return switch (lookup) {
      case Lookup.Absent _ -> new Decision.NoCredential();
      case Lookup.Unknown _ -> attempted(client, nowMillis, new Decision.UnknownCredential());
      case Lookup.Over _ -> attempted(client, nowMillis, new Decision.SessionEnded());
      case Lookup.Forged _ -> new Decision.CrossSite();
      case Lookup.Unavailable _ -> new Decision.Unconfirmed();
      case Lookup.Known(Subject subject, _) -> {
        var obstacle = obstacleTo(subject, audience, client, nowMillis);
        yield obstacle != null ? obstacle : pay(subject, cost, nowMillis);
      }
    };
  }

  /// Why a call would be permitted or refused now. Asks every rule that the caller is subject to,
  /// in the order of [#admit] and [#permit], and spends nothing.
  public Explanation explain(
      Lookup lookup,
      Audience audience,
      Address client,
      int cost,
      Requirement requirement,
      long nowMillis) {
    var builder = new Explanation.Builder();
    if (audience instanceof Audience.Everyone) {
      var anyone = new Anyone();
      builder.limits(Rule.Name.ADDRESS_LIMIT, everyone.probe(client, cost, nowMillis), cost);
      builder.requirement(anyone, requirement, permit(anyone, requirement));
      return builder.end(anyone);
    }
    var subject = tellWho(builder, lookup, audience, client, nowMillis);
    if (subject instanceof Anyone) return builder.end(subject);

    builder.limits(Rule.Name.LIMITS, probe(subject, cost, nowMillis), cost);
    builder.requirement(subject, requirement, permit(subject, requirement));
    return builder.end(subject);
  }

  /// @return [Anyone] if nobody was made out
  private Subject tellWho(
      Explanation.Builder builder,
      Lookup lookup,
      Audience audience,
      Address client,
      long nowMillis) {
    switch (lookup) {
      case Lookup.Absent _ ->
          builder.rule(Rule.Name.CREDENTIAL, "none was sent", new Decision.NoCredential());
      case Lookup.Unknown _ -> {
        builder.limits(Rule.Name.FAILED_ATTEMPTS, failures.probe(client, 1, nowMillis), 1);
        builder.rule(
            Rule.Name.CREDENTIAL, "it stands for nobody", new Decision.UnknownCredential());
      }
      case Lookup.Over _ -> {
        builder.limits(Rule.Name.FAILED_ATTEMPTS, failures.probe(client, 1, nowMillis), 1);
        builder.rule(Rule.Name.CREDENTIAL, "it opens no session", new Decision.SessionEnded());
      }
      case Lookup.Forged _ ->
          builder.rule(
              Rule.Name.CROSS_SITE,
              "another site can have made the browser send it",
              new Decision.CrossSite());
      case Lookup.Unavailable _ ->
          builder.rule(
              Rule.Name.CREDENTIAL,
              "this node cannot confirm what it knows",
              new Decision.Unconfirmed());
      case Lookup.Known(Subject subject, ProvedBy by) -> {
        switch (subject) {
          case Key key -> builder.key(key, by.number(), audience, client, nowMillis);
          case Session session -> builder.session(session, audience, client, nowMillis);
          case CommandLine _ -> builder.commandLine(audience);
          case Anyone _ ->
              builder.rule(Rule.Name.CREDENTIAL, "none was sent", new Decision.NoCredential());
        }
        return subject;
      }
    }
    return new Anyone();
  }

  private Spending probe(Subject subject, int cost, long nowMillis) {
    return meter.probe(subject.limit(), subject.sharedLimit(), cost, nowMillis);
  }

  private Decision.Admission pay(Subject subject, int cost, long nowMillis) {
    return answer(subject, meter.spend(subject.limit(), subject.sharedLimit(), cost, nowMillis));
  }

  private static Decision.Admission answer(Subject subject, Spending spending) {
    return switch (spending) {
      case Spending.Exhausted limit -> new Decision.RateLimited(limit);
      case Spending.NeverPossible(int asked, int limit) -> new Decision.TooManyCalls(asked, limit);
      case Spending.Granted allowance -> new Decision.Admitted(subject, allowance);
    };
  }

  /// Charges the address with a credential that stands for nobody.
  private Decision.Denied attempted(Address client, long nowMillis, Decision.Denied otherwise) {
    return failures.spend(client, 1, nowMillis) instanceof Spending.Exhausted limit
        ? new Decision.RateLimited(limit)
        : otherwise;
  }

  private static Decision.@Nullable Denied obstacleTo(
      Subject subject, Audience audience, Address client, long nowMillis) {
    return switch (subject) {
      case Key key -> obstacleToKey(key, audience, client, nowMillis);
      case Session session -> obstacleToSession(session, audience, client, nowMillis);
      case CommandLine _ ->
          audience instanceof Audience.People ? null : new Decision.WrongAudience();
      case Anyone _ -> new Decision.NoCredential();
    };
  }

  private static Decision.@Nullable Denied obstacleToKey(
      Key key, Audience audience, Address client, long nowMillis) {
    var standing = key.organisation().standing();

    if (key.state() == KeyState.REVOKED) return new Decision.KeyRevoked();
    if (nowMillis >= key.expiresAtMillis()) return new Decision.KeyExpired();
    if (nowMillis < key.notBeforeMillis()) return new Decision.KeyNotYetValid();
    if (key.state() == KeyState.DEACTIVATED) return new Decision.KeyDeactivated();
    if (standing.suspended()) return new Decision.OrganisationSuspended();
    if (!audience.includes(key)) return new Decision.WrongAudience();
    if (!standing.addresses().allows(client) || !key.addresses().allows(client)) {
      return new Decision.AddressNotAllowed();
    }
    return null;
  }

  /// The address list binds sessions where they call an API of keys, and not where lists are kept:
  /// whoever writes a wrong one must be able to mend it.
  private static Decision.@Nullable Denied obstacleToSession(
      Session session, Audience audience, Address client, long nowMillis) {
    var standing = session.organisation().standing();

    if (session.isOverAt(nowMillis)) return new Decision.SessionEnded();
    if (standing.suspended()) return new Decision.OrganisationSuspended();
    if (audience instanceof Audience.Keys && !standing.addresses().allows(client)) {
      return new Decision.AddressNotAllowed();
    }
    return null;
  }

  /// May this admitted caller call a procedure that requires this?
  public Decision.Permission permit(Subject subject, Requirement requirement) {
    return switch (requirement) {
      case Requirement.Holds _,
          Requirement.SignedIn _,
          Requirement.CommandLine _,
          Requirement.AnyCaller _
          when subject instanceof Anyone ->
          new Decision.NoCredential();
      case Requirement.Holds(var scope) when !subject.holds(scope) ->
          new Decision.MissingScope(scope);
      case Requirement.SignedIn(var role) when !isPerson(subject, role) ->
          new Decision.MissingRole(role);
      case Requirement.CommandLine _ when !(subject instanceof CommandLine) ->
          new Decision.CommandLineOnly();
      case Requirement.Holds _,
          Requirement.SignedIn _,
          Requirement.CommandLine _,
          Requirement.AnyCaller _,
          Requirement.Possession _ ->
          new Decision.Permitted(subject);
    };
  }

  private static boolean isPerson(Subject subject, Role least) {
    return switch (subject) {
      case Session session -> session.has(least);
      case CommandLine _ -> true;
      case Key _, Anyone _ -> false;
    };
  }

  /// May a subscription that was permitted go on? Like [#admit] and [#permit] for what this node
  /// knows now, but spends nothing.
  ///
  /// @param current what is known now of whom it was permitted to
  public Decision.Permission stillPermits(
      Lookup current, Audience audience, Requirement requirement, Address client, long nowMillis) {
    if (audience instanceof Audience.Everyone) return permit(new Anyone(), requirement);

    return switch (current) {
      case Lookup.Absent _ -> new Decision.NoCredential();
      case Lookup.Unknown _ -> new Decision.KeyRevoked();
      case Lookup.Over _ -> new Decision.SessionEnded();
      case Lookup.Forged _ -> new Decision.CrossSite();
      case Lookup.Unavailable _ -> new Decision.Unconfirmed();
      case Lookup.Known(Subject subject, _) -> {
        var obstacle = obstacleTo(subject, audience, client, nowMillis);
        yield obstacle != null ? obstacle : permit(subject, requirement);
      }
    };
  }
}
