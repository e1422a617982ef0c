package dev.keyreeve.access.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.decision.Rule.Name;
import dev.keyreeve.access.decision.Rule.Verdict;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyBuilder;
import dev.keyreeve.access.subject.KeySecret;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an explanation says; that it agrees with the decision is shown by [OracleTest].
class ExplanationTest {
  private static final long NOW = 1_767_268_800_000L;
  private static final Address CLIENT = Address.parse("192.0.2.7");
  private static final Scope WRITE = Scope.parse("mandates:write");

  private final Meter meter = new Meter();
  private final AccessCheck access = new AccessCheck(meter);
  private final Limit limit = new Limit(meter.allocate(), 0, 10);
  private final Limit limitOfAll = new Limit(meter.allocate(), 0, 100);

  @Test
  void tellsEveryRuleInOrderAndWhatEachSaw() {
    var second = KeySecret.of(2, 1, Key.NEVER, new SecretDigest(1, 2, 3, 4));
    var key = KeyBuilder.aKey(limit, limitOfAll).addresses("203.0.113.0/24").build();

    var explained = explain(new Lookup.Known(key, second), Requirement.holds(WRITE));

    assertThat(explained.rules())
        .extracting(Rule::name)
        .containsExactly(
            Name.CREDENTIAL,
            Name.REVOCATION,
            Name.EXPIRY,
            Name.NOT_BEFORE,
            Name.ACTIVATION,
            Name.ORGANISATION,
            Name.AUDIENCE,
            Name.ORGANISATION_ADDRESSES,
            Name.KEY_ADDRESSES,
            Name.LIMITS,
            Name.REQUIREMENT);
    assertThat(saw(explained, Name.CREDENTIAL)).contains("dd_live_", "secret 2");
    assertThat(saw(explained, Name.KEY_ADDRESSES)).isEqualTo("192.0.2.7; 203.0.113.0/24");
    assertThat(saw(explained, Name.LIMITS)).startsWith("9 of 10 calls would be left");
    assertThat(saw(explained, Name.REQUIREMENT)).contains("granted []", "mandates:write");
  }

  @Test
  void decidesByTheFirstRuleThatRefusesAndTellsTheLaterOnesToo() {
    var key = KeyBuilder.aKey(limit, limitOfAll).addresses("203.0.113.0/24").build();

    var explained = explain(new Lookup.Known(key), Requirement.holds(WRITE));

    assertThat(explained.decision()).isEqualTo(new Decision.AddressNotAllowed());
    assertThat(refusals(explained))
        .containsExactly(new Decision.AddressNotAllowed(), new Decision.MissingScope(WRITE));
  }

  @Test
  void spendsNothing() {
    var known = new Lookup.Known(KeyBuilder.aKey(limit, limitOfAll).build());

    for (int i = 0; i < 1_000; i++) explain(known, Requirement.anyCaller());

    assertThat(access.admit(known, new Audience.Keys("dd"), CLIENT, 1, NOW))
        .isEqualTo(
            new Decision.Admitted(known.subject(), new Spending.Allowance(10, 9, NOW / 1000 + 60)));
  }

  @Test
  void tellsNothingOfWhoIsNotKnown() {
    var explained = explain(new Lookup.Unknown(), Requirement.anyCaller());

    assertThat(explained.rules()).extracting(Rule::name).contains(Name.CREDENTIAL);
    assertThat(explained.rules()).extracting(Rule::name).doesNotContain(Name.REQUIREMENT);
    assertThat(explained.decision()).isEqualTo(new Decision.UnknownCredential());
  }

  private Explanation explain(Lookup lookup, Requirement requirement) {
    return access.explain(lookup, new Audience.Keys("dd"), CLIENT, 1, requirement, NOW);
  }

  private static String saw(Explanation explained, Name name) {
    return explained.rules().stream()
        .filter(rule -> rule.name() == name)
        .findFirst()
        .orElseThrow()
        .saw();
  }

  private static List<Decision.Denied> refusals(Explanation explained) {
    return explained.rules().stream()
        .filter(rule -> rule.verdict() instanceof Verdict.Refused)
        .map(rule -> ((Verdict.Refused) rule.verdict()).why())
        .toList();
  }
}
