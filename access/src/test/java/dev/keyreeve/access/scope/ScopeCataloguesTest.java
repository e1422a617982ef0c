package dev.keyreeve.access.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeCataloguesTest {
  private static final Scope MANDATES = Scope.parse("mandates:read");
  private static final Scope AGENTS = Scope.parse("agents:read");
  private static final Scope ADMIN = Scope.parse("admin");

  @Test
  void joinsApisThatShareNoScope() {
    var mandates = catalogue(MANDATES, Role.VIEWER);
    var agents = catalogue(AGENTS, Role.VIEWER);

    var catalogues = ScopeCatalogues.of(Map.of("dd", mandates, "dg", agents));

    assertThat(catalogues.all()).containsExactlyInAnyOrder(mandates, agents);
  }

  @Test
  void refusesAScopeThatTwoApisHaveAndNamesBoth() {
    var byApi = Map.of("dg", catalogue(ADMIN, Role.ADMIN), "dd", catalogue(ADMIN, Role.ADMIN));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScopeCatalogues.of(byApi))
        .withMessage("the scope admin belongs to the API dd and cannot be one of dg too");
  }

  @Test
  void givesARoleTheScopesOfEveryApiThatItReaches() {
    var roles =
        new RoleScopes(
            ScopeCatalogues.of(
                Map.of(
                    "dd", catalogue(MANDATES, Role.VIEWER), "dg", catalogue(AGENTS, Role.ADMIN))));

    assertThat(roles.of(Role.VIEWER).granted()).containsExactly(MANDATES);
    assertThat(roles.of(Role.OPERATOR).granted()).containsExactly(MANDATES);
    assertThat(roles.of(Role.ADMIN).granted()).containsExactly(AGENTS, MANDATES);
  }

  private static ScopeCatalogue catalogue(Scope scope, Role leastRole) {
    return ScopeCatalogue.of(ScopeCatalogue.Entry.scope(scope, "Permits something.", leastRole));
  }
}
