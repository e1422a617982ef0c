package dev.keyreeve.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.scope.ScopeCatalogue.Entry;
import dev.keyreeve.access.subject.Authority;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyRulesTest {
  private static final Scope READ = new Scope("read");
  private static final Scope WRITE = new Scope("write");
  private static final Scope ALL = new Scope("all");
  private static final ScopeCatalogue CATALOGUE =
      ScopeCatalogue.of(
          Entry.scope(READ, "Reads.", Role.VIEWER),
          Entry.scope(WRITE, "Writes.", Role.OPERATOR),
          new Entry(ALL, "Everything.", Role.ADMIN, Set.of(READ, WRITE)));

  private final KeyRules rules = new KeyRules(Map.of("aa", CATALOGUE, "bb", CATALOGUE));
  private final Faults faults = new Faults();

  @Test
  void countAScopeThatStandsForOthersAsThese() {
    rules.scopes("aa", List.of(ALL), holding(ALL, READ), List.of(), faults);

    assertThat(refused()).isEqualTo("scope_not_held");
  }

  @Test
  void letAScopeBeHandedOnByWhoHoldsAllThatItStandsFor() {
    rules.scopes("aa", List.of(ALL), holding(ALL, READ, WRITE), List.of(), faults);

    assertThat(refused()).isEqualTo("nothing");
  }

  @Test
  void leaveToAKeyWhatItHolds() {
    rules.scopes("aa", List.of(WRITE), new Authority.None(), List.of(WRITE), faults);

    assertThat(refused()).isEqualTo("nothing");
  }

  @Test
  void askForTheApiWhereThereAreSeveral() {
    rules.api(null, faults);

    assertThat(refused()).isEqualTo("invalid_input");
  }

  /// Somebody who holds these scopes and what they stand for nowhere else.
  private static Authority holding(Scope... scopes) {
    var apart =
        ScopeCatalogue.of(
            Entry.scope(READ, "Reads.", Role.VIEWER),
            Entry.scope(WRITE, "Writes.", Role.OPERATOR),
            Entry.scope(ALL, "Something else.", Role.ADMIN));
    return new Authority.Own(Role.ADMIN, apart.grant(Set.of(scopes)));
  }

  private String refused() {
    return faults.or(() -> Outcome.done("nothing")) instanceof Outcome.Refused<String>(var problem)
        ? problem.reason().word()
        : "nothing";
  }
}
