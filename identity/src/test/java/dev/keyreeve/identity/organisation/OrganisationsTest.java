package dev.keyreeve.identity.organisation;

import static dev.keyreeve.platform.TestPlatform.READ;
import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scopes;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.shape.Issue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganisationsTest {
  private static final Caller OPERATOR =
      new Caller(new CommandLine(), Spending.unmetered(), Address.parse("127.0.0.1"), "req_test");

  private TestIdentity platform;

  @BeforeEach
  void start() {
    platform = TestIdentity.start();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void createsAStandardOrganisationWithALiveWorkspaceUnlessToldOtherwise() {
    var created = done(create("{'name':'Quay Homes'}"));

    assertThat(created.name()).isEqualTo("Quay Homes");
    assertThat(created.plan()).isEqualTo(Plan.STANDARD);
    assertThat(created.environment()).isEqualTo(Environment.LIVE);
    assertThat(created.createdAt()).isEqualTo(TestPlatform.START);
    assertThat(created.workspaceId()).startsWith("wks_");
  }

  @ParameterizedTest
  @CsvSource({"standard,60", "professional,300", "enterprise,6000"})
  void limitsAnOrganisationByItsPlan(String plan, int callsPerMinute) {
    var created = done(create("{'name':'Quay Homes','plan':'" + plan + "'}"));

    assertThat(created.callsPerMinute()).isEqualTo(callsPerMinute);
    assertThat(limitInForce(created)).isEqualTo(callsPerMinute);
  }

  @Test
  void letsALimitOfItsOwnHoldInPlaceOfThePlans() {
    var created = done(create("{'name':'Quay Homes','plan':'standard','calls_per_minute':1234}"));

    assertThat(limitInForce(created)).isEqualTo(1234);
  }

  @Test
  void listsOrganisationsOldestFirst() {
    var first = done(create("{'name':'Quay Homes'}"));
    platform.clock().advance(Duration.ofSeconds(1));
    var second = done(create("{'name':'Harbour Lettings','environment':'test'}"));

    assertThat(platform.organisations().list()).containsExactly(first, second);
  }

  @Test
  void changesAPlanWithoutLosingTheCount() {
    var organisation = done(create("{'name':'Quay Homes'}"));
    var key = keyOf(organisation);
    assertThat(spend(key, 60)).isInstanceOf(Spending.Allowance.class);
    assertThat(spend(key, 1)).isInstanceOf(Spending.Exhausted.class);

    var changed = done(changePlan(organisation, "'plan':'professional'"));

    assertThat(changed.details().callsPerMinute()).isEqualTo(300);
    assertThat(changed.effective().nodes()).isPositive();
    assertThat(spend(keyOf(organisation), 240)).isInstanceOf(Spending.Allowance.class);
    assertThat(spend(keyOf(organisation), 1)).isInstanceOf(Spending.Exhausted.class);
  }

  @Test
  void keepsALimitOfItsOwnThroughAChangeOfPlanUntilItIsGivenUp() {
    var organisation = done(create("{'name':'Quay Homes','calls_per_minute':1234}"));

    var planned = done(changePlan(organisation, "'plan':'professional'"));
    var back = done(changePlan(organisation, "'plan_limit':true"));

    assertThat(planned.details().callsPerMinute()).isEqualTo(1234);
    assertThat(planned.details().callsOverride()).isEqualTo(1234);
    assertThat(back.details().callsPerMinute()).isEqualTo(300);
    assertThat(back.details().callsOverride()).isNull();
    assertThat(limitInForce(back.details())).isEqualTo(300);
  }

  @Test
  void suspendsAndResumesAndSaysWhy() {
    var organisation = done(create("{'name':'Quay Homes'}"));
    var key = keyOf(organisation);

    var suspended =
        done(
            this.<ChangedOrganisation>call(
                "suspend", OPERATOR, "{'id':'" + organisation.id() + "','reason':'unpaid'}"));
    assertThat(suspended.details().suspended()).isTrue();
    assertThat(suspended.details().suspendReason()).isEqualTo("unpaid");
    assertThat(key.organisation().standing().suspended()).isTrue();

    var resumed =
        done(
            this.<ChangedOrganisation>call(
                "resume", OPERATOR, "{'id':'" + organisation.id() + "'}"));
    assertThat(resumed.details()).isEqualTo(organisation);
    assertThat(key.organisation().standing().suspended()).isFalse();
    assertThat(actions(organisation))
        .containsExactly(
            "organisation.created", "key.issued", "organisation.suspended", "organisation.resumed");
  }

  @Test
  void bindsItsKeysToItsAddressListAndNamesABadEntry() {
    var organisation = done(create("{'name':'Quay Homes'}"));
    var key = keyOf(organisation);

    var changed =
        done(update(OPERATOR, organisation, "'ip_allow_list':['10.0.0.0/8','::ffff:192.0.2.1']"));
    var refused = update(OPERATOR, organisation, "'ip_allow_list':['10.0.0.0/8','10.1.1.1/33']");

    assertThat(changed.details().ipAllowList()).containsExactly("10.0.0.0/8", "192.0.2.1");
    var addresses = key.organisation().standing().addresses();
    assertThat(addresses.allows(Address.parse("10.9.9.9"))).isTrue();
    assertThat(addresses.allows(Address.parse("192.0.2.1"))).isTrue();
    assertThat(addresses.allows(Address.parse("192.0.2.2"))).isFalse();
    assertThat(refused)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            problem ->
                assertThat(problem.problem().issues())
                    .extracting(Issue::path)
                    .containsExactly("ip_allow_list[1]"));
  }

  @Test
  void recordsWhatWasThereBefore() {
    var organisation = done(create("{'name':'Quay Homes'}"));
    changePlan(organisation, "'plan':'professional'");

    assertThat(details(organisation))
        .contains("\"before\":{\"calls_per_minute\":60,\"plan\":\"standard\"}")
        .contains("\"after\":{\"calls_per_minute\":300,\"plan\":\"professional\"}");
  }

  @Test
  void letsASessionSeeAndNameItsOwnAlone() {
    var own = done(create("{'name':'Quay Homes'}"));
    var other = done(create("{'name':'Harbour Lettings'}"));
    var session = session(own);

    assertThat(
            done(this.<OrganisationProcedures.OrganisationList>call("list", session, "{}")).items())
        .containsExactly(own);
    assertThat(done(update(session, own, "'name':'Quay'")).details().name()).isEqualTo("Quay");
    for (var id : List.of(other.id(), "org_none")) {
      var one = "{'id':'" + id + "'}";
      assertThat(reason(call("get", session, one))).isEqualTo("organisation_not_found");
      assertThat(reason(call("update", session, one))).isEqualTo("organisation_not_found");
    }
  }

  /// As decisions see it, by a key that is issued for this.
  private int limitInForce(OrganisationView organisation) {
    return keyOf(organisation).organisation().standing().limit().calls();
  }

  private Key keyOf(OrganisationView organisation) {
    var issued = platform.key(organisation.workspaceId(), READ);
    var key = platform.directory().find(KeyId.parse(issued.details().id()));
    return Objects.requireNonNull(key);
  }

  private Spending spend(Key key, int calls) {
    long now = platform.clock().instant().toEpochMilli();
    return platform.meter().spend(key.organisation().standing().limit(), calls, now);
  }

  private Caller session(OrganisationView organisation) {
    var session =
        new Session(
            "ses_1",
            "per_1",
            "sam@example.com",
            keyOf(organisation).organisation(),
            organisation.workspaceId(),
            Role.OWNER,
            Scopes.NONE,
            Limit.of(platform.meter().allocate(), 0, 600),
            Long.MAX_VALUE,
            new Presence(Long.MAX_VALUE, 0));
    return new Caller(session, Spending.unmetered(), Address.parse("127.0.0.1"), "req_test");
  }

  private List<String> actions(OrganisationView organisation) {
    return audit("action", organisation);
  }

  private String details(OrganisationView organisation) {
    return audit("details", organisation).getLast();
  }

  private List<String> audit(String column, OrganisationView organisation) {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select " + column + " from audit_entry where chain = :id order by seq")
                    .bind("id", organisation.id())
                    .mapTo(String.class)
                    .list());
  }

  private static String reason(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(var problem)
        ? problem.reason().word()
        : "carried out";
  }

  private Outcome<ChangedOrganisation> update(
      Caller caller, OrganisationView organisation, String fields) {
    return call("update", caller, "{'id':'" + organisation.id() + "'," + fields + "}");
  }

  private Outcome<ChangedOrganisation> changePlan(OrganisationView organisation, String fields) {
    return call("changePlan", OPERATOR, "{'id':'" + organisation.id() + "'," + fields + "}");
  }

  private Outcome<OrganisationView> create(String input) {
    return call("create", OPERATOR, input);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The test knows what it asks.
  private <O> Outcome<O> call(String name, Caller caller, String input) {
    var procedure =
        new OrganisationProcedures(platform.organisations())
            .procedures().stream()
                .filter(each -> each.name().equals("organisations." + name))
                .findAny()
                .orElseThrow();
    return (Outcome<O>) platform.call(procedure, caller, input);
  }
}
