package dev.keyreeve.access.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.decision.Decision.AddressNotAllowed;
import dev.keyreeve.access.decision.Decision.Admitted;
import dev.keyreeve.access.decision.Decision.KeyDeactivated;
import dev.keyreeve.access.decision.Decision.KeyExpired;
import dev.keyreeve.access.decision.Decision.KeyNotYetValid;
import dev.keyreeve.access.decision.Decision.KeyRevoked;
import dev.keyreeve.access.decision.Decision.MissingRole;
import dev.keyreeve.access.decision.Decision.MissingScope;
import dev.keyreeve.access.decision.Decision.NoCredential;
import dev.keyreeve.access.decision.Decision.OrganisationSuspended;
import dev.keyreeve.access.decision.Decision.Permitted;
import dev.keyreeve.access.decision.Decision.RateLimited;
import dev.keyreeve.access.decision.Decision.TooManyCalls;
import dev.keyreeve.access.decision.Decision.Unconfirmed;
import dev.keyreeve.access.decision.Decision.UnknownCredential;
import dev.keyreeve.access.decision.Decision.WrongAudience;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.scope.ScopeCatalogue.Entry;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyBuilder;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Subject;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCheckTest {
  private static final long NOW = 1_767_268_800_000L;
  private static final long RESET = NOW / 1000 + 60;
  private static final Address CLIENT = Address.parse("192.0.2.7");
  private static final Scope READ = Scope.parse("mandates:read");
  private static final Scope WRITE = Scope.parse("mandates:write");
  private static final ScopeCatalogue SCOPES =
      ScopeCatalogue.of(
          Entry.scope(READ, "Read.", Role.OPERATOR), Entry.scope(WRITE, "Write.", Role.OPERATOR));
  private static final Audience DIRECT_DEBIT = new Audience.Keys("dd");
  private static final Audience PEOPLE = new Audience.People();
  private static final Audience EVERYONE = new Audience.Everyone();
  private static final Requirement TO_WRITE = Requirement.holds(WRITE);

  private final Meter meter = new Meter();
  private final AccessCheck access = new AccessCheck(meter);
  private final Limit limit = new Limit(meter.allocate(), 0, 10);
  private final Limit limitOfAll = new Limit(meter.allocate(), 0, 100);

  /// What stands in the way of a key.
  record Obstacle(String name, Decision refusal, Consumer<KeyBuilder> place) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Obstacle TOO_LARGE =
      new Obstacle("larger than a window", new TooManyCalls(2, 1), _ -> {});
  private static final Obstacle WINDOW_SPENT =
      new Obstacle(
          "window spent", new RateLimited(new Spending.Exhausted(1, 0, RESET, 60)), _ -> {});
  private static final Obstacle SCOPE_MISSING =
      new Obstacle(
          "scope missing", new MissingScope(WRITE), key -> key.scopes(SCOPES.grant(Set.of(READ))));

  static final List<Obstacle> BEFORE_THE_LIMITS =
      List.of(
          new Obstacle("revoked", new KeyRevoked(), key -> key.state(KeyState.REVOKED)),
          new Obstacle("expired", new KeyExpired(), key -> key.expiresAt(NOW)),
          new Obstacle("not yet valid", new KeyNotYetValid(), key -> key.notBefore(NOW + 1)),
          new Obstacle("deactivated", new KeyDeactivated(), key -> key.state(KeyState.DEACTIVATED)),
          new Obstacle("suspended", new OrganisationSuspended(), KeyBuilder::suspended),
          new Obstacle("other API", new WrongAudience(), key -> key.prefix("dg_live_")),
          new Obstacle(
              "address not of the organisation",
              new AddressNotAllowed(),
              key -> key.organisationAddresses("203.0.113.0/24")),
          new Obstacle(
              "address not of the key",
              new AddressNotAllowed(),
              key -> key.addresses("203.0.113.0/24")));

  /// The contract.
  static final List<Obstacle> IN_ORDER =
      Stream.concat(BEFORE_THE_LIMITS.stream(), Stream.of(TOO_LARGE, WINDOW_SPENT, SCOPE_MISSING))
          .toList();

  static final List<Obstacle> WITHOUT_THE_LIMITS =
      Stream.concat(BEFORE_THE_LIMITS.stream(), Stream.of(SCOPE_MISSING)).toList();

  @ParameterizedTest
  @FieldSource("IN_ORDER")
  void tellsTheFirstObstacleWhateverElseStandsInTheWay(Obstacle first) {
    var present = IN_ORDER.subList(IN_ORDER.indexOf(first), IN_ORDER.size());
    var one = new Limit(meter.allocate(), 0, 1);
    var builder = aKey().limit(one);
    // The later first, since a key has one state only: the earlier obstacle keeps the last word.
    present.reversed().forEach(obstacle -> obstacle.place().accept(builder));
    if (present.contains(WINDOW_SPENT)) meter.spend(one, limitOfAll, 1, NOW);
    int cost = present.contains(TOO_LARGE) ? 2 : 1;

    var decision = decide(builder.build(), cost, TO_WRITE);

    assertThat(decision).isEqualTo(first.refusal());
  }

  @Test
  void permitsAKeyThatNothingStandsInTheWayOf() {
    var key = aKey().build();

    var admission = admit(key, 3);

    assertThat(admission).isEqualTo(new Admitted(key, new Spending.Allowance(10, 7, RESET)));
    assertThat(access.permit(key, TO_WRITE)).isEqualTo(new Permitted(key));
  }

  @Test
  void refusesWhoeverIsNotKnown() {
    for (var audience : List.of(DIRECT_DEBIT, PEOPLE)) {
      assertThat(admit(new Lookup.Absent(), audience)).isEqualTo(new NoCredential());
      assertThat(admit(new Lookup.Unknown(), audience)).isEqualTo(new UnknownCredential());
      assertThat(admit(new Lookup.Unavailable(), audience)).isEqualTo(new Unconfirmed());
      assertThat(admit(new Lookup.Known(new Anyone()), audience)).isEqualTo(new NoCredential());
    }
  }

  @Test
  void admitsNobodyInParticularWhereAnApiIsForEveryone() {
    for (var lookup :
        List.of(
            new Lookup.Absent(),
            new Lookup.Unknown(),
            new Lookup.Unavailable(),
            new Lookup.Known(aKey().state(KeyState.REVOKED).build()))) {
      assertThat(admit(lookup, EVERYONE))
          .isInstanceOfSatisfying(
              Admitted.class, admitted -> assertThat(admitted.subject()).isEqualTo(new Anyone()));
    }
  }

  @Test
  void limitsEachAddressWhereAnApiIsForEveryone() {
    for (int i = 0; i < AccessCheck.CALLS_OF_ANYONE; i++) {
      assertThat(admit(new Lookup.Absent(), EVERYONE)).isInstanceOf(Admitted.class);
    }

    assertThat(admit(new Lookup.Absent(), EVERYONE)).isInstanceOf(RateLimited.class);
    assertThat(access.admit(new Lookup.Absent(), EVERYONE, Address.parse("192.0.2.8"), 1, NOW))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void tellsAnAddressToWaitOnceItHasTriedTooManyWrongCredentials() {
    for (int i = 0; i < AccessCheck.FAILED_ATTEMPTS; i++) {
      assertThat(admit(new Lookup.Unknown(), DIRECT_DEBIT)).isEqualTo(new UnknownCredential());
    }

    assertThat(admit(new Lookup.Unknown(), DIRECT_DEBIT))
        .isInstanceOfSatisfying(
            RateLimited.class,
            refused -> assertThat(refused.limit().retryAfterSeconds()).isBetween(1, 60));
  }

  @Test
  void letsAGoodCredentialPassFromAnAddressThatTriedWrongOnes() {
    for (int i = 0; i <= AccessCheck.FAILED_ATTEMPTS; i++) {
      admit(new Lookup.Unknown(), DIRECT_DEBIT);
    }

    assertThat(admit(aKey().build(), 1)).isInstanceOf(Admitted.class);
    assertThat(admit(new Lookup.Absent(), DIRECT_DEBIT)).isEqualTo(new NoCredential());
    assertThat(admit(new Lookup.Unavailable(), DIRECT_DEBIT)).isEqualTo(new Unconfirmed());
  }

  @Test
  void admitsTheOperatorWhereAnApiIsForPeopleAlone() {
    var operator = new Lookup.Known(new CommandLine());

    assertThat(admit(operator, PEOPLE))
        .isEqualTo(new Admitted(new CommandLine(), Spending.unmetered()));
    assertThat(admit(operator, DIRECT_DEBIT)).isEqualTo(new WrongAudience());
    assertThat(admit(new Lookup.Known(aKey().build()), PEOPLE)).isEqualTo(new WrongAudience());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dg_live_", "d_live_", "ddd_live_", "live_live_"})
  void takesNoKeyOfAnotherBrand(String prefix) {
    assertThat(admit(aKey().prefix(prefix).build(), 1)).isEqualTo(new WrongAudience());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dd_live_", "dd_test_"})
  void takesTheKeysOfItsBrand(String prefix) {
    assertThat(admit(aKey().prefix(prefix).build(), 1)).isInstanceOf(Admitted.class);
  }

  @Test
  void isUsableFromItsFirstInstantUntilJustBeforeItsExpiry() {
    var key = aKey().notBefore(NOW).expiresAt(NOW + 1).build();

    assertThat(admitAt(key, NOW - 1)).isEqualTo(new KeyNotYetValid());
    assertThat(admitAt(key, NOW)).isInstanceOf(Admitted.class);
    assertThat(admitAt(key, NOW + 1)).isEqualTo(new KeyExpired());
  }

  @Test
  void needsTheAddressToBeOnBothLists() {
    var both = aKey().addresses("192.0.2.0/24").organisationAddresses("192.0.2.7").build();

    assertThat(admitFrom(both, CLIENT)).isInstanceOf(Admitted.class);
    assertThat(admitFrom(both, Address.parse("::ffff:192.0.2.7"))).isInstanceOf(Admitted.class);
    assertThat(admitFrom(both, Address.parse("192.0.2.8"))).isEqualTo(new AddressNotAllowed());
    assertThat(admitFrom(both, Address.UNKNOWN)).isEqualTo(new AddressNotAllowed());
    assertThat(admitFrom(aKey().build(), Address.UNKNOWN)).isInstanceOf(Admitted.class);
  }

  @Test
  void chargesForACallThatLacksTheScope() {
    var key = aKey().scopes(SCOPES.grant(Set.of(READ))).build();

    assertThat(decide(key, 1, TO_WRITE)).isEqualTo(new MissingScope(WRITE));

    assertThat(admit(key, 1)).isEqualTo(new Admitted(key, new Spending.Allowance(10, 8, RESET)));
  }

  @ParameterizedTest
  @FieldSource("BEFORE_THE_LIMITS")
  void chargesNothingWhereAnythingBeforeTheLimitsRefuses(Obstacle obstacle) {
    var refused = aKey();
    obstacle.place().accept(refused);

    assertThat(admit(refused.build(), 1)).isEqualTo(obstacle.refusal());

    assertThat(admit(aKey().build(), 1))
        .isInstanceOfSatisfying(
            Admitted.class,
            admitted ->
                assertThat(admitted.allowance()).isEqualTo(new Spending.Allowance(10, 9, RESET)));
  }

  @Test
  void appliesAChangedPlanToTheNextCallOfEachKey() {
    var key = aKey().build();
    admit(key, 5);

    key.organisation()
        .become(
            new Organisation.Standing(
                false, limitOfAll.withCalls(5), key.organisation().standing().addresses()));

    assertThat(admit(key, 1)).isEqualTo(new RateLimited(new Spending.Exhausted(5, 0, RESET, 60)));
  }

  record Permit(Subject subject, Requirement requirement, Decision expected) {}

  private static final Key WRITER =
      KeyBuilder.aKey(new Limit(0, 0, 1), new Limit(0, 0, 1))
          .scopes(SCOPES.grant(Set.of(WRITE)))
          .build();
  private static final CommandLine OPERATOR = new CommandLine();
  private static final Anyone ANYONE = new Anyone();

  static final List<Permit> PERMITS =
      List.of(
          new Permit(WRITER, TO_WRITE, new Permitted(WRITER)),
          new Permit(WRITER, Requirement.holds(READ), new MissingScope(READ)),
          new Permit(OPERATOR, TO_WRITE, new MissingScope(WRITE)),
          new Permit(ANYONE, TO_WRITE, new NoCredential()),
          new Permit(WRITER, Requirement.signedIn(Role.VIEWER), new MissingRole(Role.VIEWER)),
          new Permit(OPERATOR, Requirement.signedIn(Role.OWNER), new Permitted(OPERATOR)),
          new Permit(ANYONE, Requirement.signedIn(Role.ADMIN), new NoCredential()),
          new Permit(WRITER, Requirement.anyCaller(), new Permitted(WRITER)),
          new Permit(OPERATOR, Requirement.anyCaller(), new Permitted(OPERATOR)),
          new Permit(ANYONE, Requirement.anyCaller(), new NoCredential()),
          new Permit(WRITER, Requirement.possession("invite"), new Permitted(WRITER)),
          new Permit(OPERATOR, Requirement.possession("invite"), new Permitted(OPERATOR)),
          new Permit(ANYONE, Requirement.possession("invite"), new Permitted(ANYONE)));

  @ParameterizedTest
  @FieldSource("PERMITS")
  void permitsEachSubjectWhatItMeetsTheRequirementOf(Permit row) {
    assertThat(access.permit(row.subject(), row.requirement())).isEqualTo(row.expected());
  }

  @ParameterizedTest
  @FieldSource("WITHOUT_THE_LIMITS")
  void endsASubscriptionForWhateverWouldRefuseANewOne(Obstacle obstacle) {
    var builder = aKey();
    obstacle.place().accept(builder);

    assertThat(stillPermits(new Lookup.Known(builder.build()), DIRECT_DEBIT, TO_WRITE))
        .isEqualTo(obstacle.refusal());
  }

  @Test
  void letsASubscriptionGoOnWithoutSpendingAnything() {
    var key = aKey().build();

    for (int i = 0; i < 1_000; i++) {
      assertThat(stillPermits(new Lookup.Known(key), DIRECT_DEBIT, TO_WRITE))
          .isEqualTo(new Permitted(key));
    }

    assertThat(admit(key, 10)).isInstanceOf(Admitted.class);
    assertThat(stillPermits(new Lookup.Known(key), DIRECT_DEBIT, TO_WRITE))
        .isEqualTo(new Permitted(key));
  }

  @Test
  void endsASubscriptionOfAKeyThatIsGoneOrCannotBeConfirmed() {
    assertThat(stillPermits(new Lookup.Unknown(), DIRECT_DEBIT, TO_WRITE))
        .isEqualTo(new KeyRevoked());
    assertThat(stillPermits(new Lookup.Unavailable(), DIRECT_DEBIT, TO_WRITE))
        .isEqualTo(new Unconfirmed());
    assertThat(stillPermits(new Lookup.Absent(), DIRECT_DEBIT, TO_WRITE))
        .isEqualTo(new NoCredential());
  }

  @Test
  void letsNobodyGoOnWhoWouldNotBeAdmitted() {
    var operator = new Lookup.Known(OPERATOR);
    var anyone = new Lookup.Known(ANYONE);

    assertThat(stillPermits(operator, DIRECT_DEBIT, Requirement.anyCaller()))
        .isEqualTo(new WrongAudience());
    assertThat(stillPermits(anyone, PEOPLE, Requirement.possession("invite")))
        .isEqualTo(new NoCredential());
  }

  @Test
  void letsNobodyInParticularGoOnWhereAnApiIsForEveryone() {
    var possession = Requirement.possession("invite");

    for (var lookup :
        List.of(
            new Lookup.Absent(),
            new Lookup.Unavailable(),
            new Lookup.Known(ANYONE),
            new Lookup.Known(aKey().state(KeyState.REVOKED).build()))) {
      assertThat(stillPermits(lookup, EVERYONE, possession)).isEqualTo(new Permitted(ANYONE));
    }
  }

  private KeyBuilder aKey() {
    return KeyBuilder.aKey(limit, limitOfAll).scopes(SCOPES.grant(Set.of(WRITE)));
  }

  private Decision decide(Key key, int cost, Requirement requirement) {
    var admission = admit(key, cost);
    return admission instanceof Admitted(Subject subject, _)
        ? access.permit(subject, requirement)
        : admission;
  }

  private Decision admit(Key key, int cost) {
    return access.admit(new Lookup.Known(key), DIRECT_DEBIT, CLIENT, cost, NOW);
  }

  private Decision admit(Lookup lookup, Audience audience) {
    return access.admit(lookup, audience, CLIENT, 1, NOW);
  }

  private Decision admitAt(Key key, long nowMillis) {
    return access.admit(new Lookup.Known(key), DIRECT_DEBIT, CLIENT, 1, nowMillis);
  }

  private Decision admitFrom(Key key, Address client) {
    return access.admit(new Lookup.Known(key), DIRECT_DEBIT, client, 1, NOW);
  }

  private Decision stillPermits(Lookup current, Audience audience, Requirement requirement) {
    return access.stillPermits(current, audience, requirement, CLIENT, NOW);
  }
}
