package dev.keyreeve.access.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyreeve.access.scope.ScopeCatalogue.Entry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeCatalogueTest {
  private static final Scope READ = Scope.parse("mandates:read");
  private static final Scope WRITE = Scope.parse("mandates:write");
  private static final Scope STAFF = Scope.parse("staff");
  private static final Scope ADMIN = Scope.parse("admin");

  private final ScopeCatalogue catalogue =
      ScopeCatalogue.of(
          Entry.scope(READ, "Read mandates.", Role.OPERATOR),
          Entry.scope(WRITE, "Change mandates.", Role.OPERATOR),
          new Entry(STAFF, "Do daily work.", Role.OPERATOR, Set.of(READ)),
          new Entry(ADMIN, "Do everything.", Role.OPERATOR, Set.of(STAFF, WRITE)));

  @Test
  void expandsAScopeThatStandsForOthersThroughEveryStep() {
    var admin = catalogue.grant(Set.of(ADMIN));

    assertThat(List.of(READ, WRITE, STAFF, ADMIN)).allMatch(admin::holds);
    assertThat(admin.granted()).containsExactly(ADMIN);
  }

  @Test
  void expandsNothingThatWasNotGranted() {
    var staff = catalogue.grant(Set.of(STAFF));

    assertThat(staff.holds(READ)).isTrue();
    assertThat(staff.holds(WRITE)).isFalse();
    assertThat(staff.holds(ADMIN)).isFalse();
  }

  @Test
  void expandsScopesThatStandForEachOther() {
    var circular =
        ScopeCatalogue.of(
            new Entry(READ, "Read.", Role.OPERATOR, Set.of(WRITE)),
            new Entry(WRITE, "Write.", Role.OPERATOR, Set.of(STAFF)),
            new Entry(STAFF, "Work.", Role.OPERATOR, Set.of(READ, STAFF)),
            Entry.scope(ADMIN, "Do everything.", Role.OPERATOR));

    for (var scope : List.of(READ, WRITE, STAFF)) {
      assertThat(List.of(READ, WRITE, STAFF)).allMatch(circular.grant(Set.of(scope))::holds);
      assertThat(circular.grant(Set.of(scope)).holds(ADMIN)).isFalse();
    }
  }

  @Test
  void comparesScopesWhole() {
    var held = catalogue.grant(Set.of(READ));

    assertThat(held.holds(Scope.parse("mandates:read"))).isTrue();
    for (var near : List.of("mandates", "mandates:", "mandates:rea", "mandates:read:all", "read")) {
      assertThat(held.holds(Scope.parse(near))).isFalse();
    }
  }

  @Test
  void givesOneObjectForEqualGrants() {
    var one = catalogue.grant(new LinkedHashSet<>(List.of(READ, WRITE)));
    var other = catalogue.grant(new LinkedHashSet<>(List.of(WRITE, READ)));

    assertThat(one).isSameAs(other).isNotSameAs(catalogue.grant(Set.of(READ)));
  }

  @Test
  void refusesAScopeThatItDoesNotName() {
    var unknown = Scope.parse("mandates:delete");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue.grant(Set.of(READ, unknown)))
        .withMessageContaining("mandates:delete");
    assertThat(catalogue.contains(unknown)).isFalse();
  }

  @Test
  void keepsTheOrderOfItsDeclaration() {
    assertThat(catalogue.entries())
        .extracting(Entry::scope)
        .containsExactly(READ, WRITE, STAFF, ADMIN);
  }

  @Test
  void isNotBuiltOfScopesThatAreMissingOrDoubled() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ScopeCatalogue.of(
                    Entry.scope(READ, "Read.", Role.OPERATOR),
                    Entry.scope(READ, "Read.", Role.OPERATOR)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ScopeCatalogue.of(new Entry(ADMIN, "Do everything.", Role.OPERATOR, Set.of(READ))));
  }

  @Test
  void holdsNothingWhereNothingWasGranted() {
    assertThat(catalogue.grant(Set.of()).holds(READ)).isFalse();
    assertThat(Scopes.NONE.holds(READ)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Mandates:read", "mandates read", "mandates*", "*", "m\u00e9", "\""})
  void refusesTextThatIsNoScope(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Scope.parse(text));
  }
}
