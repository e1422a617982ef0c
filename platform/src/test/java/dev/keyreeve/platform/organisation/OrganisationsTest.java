package dev.keyreeve.platform.organisation;

import static dev.keyreeve.platform.TestPlatform.READ;
import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Operator;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Problem;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganisationsTest {
  private static final Caller OPERATOR =
      new Caller(new Operator(), Spending.unmetered(), Address.parse("127.0.0.1"), "req_test");

  private TestPlatform platform;

  @BeforeEach
  void start() {
    platform = TestPlatform.start();
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
  void givesAnEnterpriseItsOwnLimit() {
    var created = done(create("{'name':'Quay Homes','plan':'enterprise','callsPerMinute':1234}"));

    assertThat(limitInForce(created)).isEqualTo(1234);
  }

  @ParameterizedTest
  @CsvSource({"standard", "professional"})
  void givesNobodyElseALimitOfItsOwn(String plan) {
    var outcome = create("{'name':'Quay Homes','callsPerMinute':7,'plan':'" + plan + "'}");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(word(refused.problem())).isEqualTo("plan_has_its_limit"));
    assertThat(platform.organisations().list()).isEmpty();
  }

  @Test
  void listsOrganisationsOldestFirst() {
    var first = done(create("{'name':'Quay Homes'}"));
    platform.clock().advance(Duration.ofSeconds(1));
    var second = done(create("{'name':'Harbour Lettings','environment':'test'}"));

    assertThat(platform.organisations().list()).containsExactly(first, second);
  }

  private static String word(Problem problem) {
    return problem.reason().word();
  }

  /// As decisions see it, by a key that is issued for this.
  private int limitInForce(OrganisationView organisation) {
    var issued = platform.key(organisation.workspaceId(), READ);
    var key = platform.directory().find(KeyId.parse(issued.details().id()));
    return Objects.requireNonNull(key).organisation().standing().limit().calls();
  }

  @SuppressWarnings("unchecked") // The procedure of this name takes and gives these.
  private Outcome<OrganisationView> create(String input) {
    var create =
        new OrganisationProcedures(platform.organisations())
            .procedures().stream()
                .filter(procedure -> procedure.name().equals("organisations.create"))
                .findAny()
                .orElseThrow();
    return platform.call((Procedure<CreateOrganisation, OrganisationView>) create, OPERATOR, input);
  }
}
