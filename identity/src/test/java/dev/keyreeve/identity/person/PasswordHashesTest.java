package dev.keyreeve.identity.person;

import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.identity.person.PasswordHashes.Verdict;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Reasons;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PasswordHashesTest {
  private static final Password RIGHT = Password.parse("a door in the garden wall");
  private static final Password WRONG = Password.parse("a door in the garden hall");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final PasswordHashes hashes = hashesAt(Argon2Cost.STANDARD);

  @Test
  void knowsAPasswordFromAnother() {
    var kept = done(hashes.hash(RIGHT));

    assertThat(done(hashes.verify(RIGHT, kept))).isEqualTo(Verdict.RIGHT);
    assertThat(done(hashes.verify(WRONG, kept))).isEqualTo(Verdict.WRONG);
    assertThat(done(hashes.verify(RIGHT, null))).isEqualTo(Verdict.WRONG);
  }

  @Test
  void keepsCostAndSaltBesideTheTag() {
    var first = done(hashes.hash(RIGHT));
    var second = done(hashes.hash(RIGHT));

    assertThat(first)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}")
        .isNotEqualTo(second);
  }

  @Test
  void tellsAHashOfAnotherCost() {
    var kept = done(hashesAt(new Argon2Cost(256, 1, 1)).hash(RIGHT));

    assertThat(done(hashes.verify(RIGHT, kept))).isEqualTo(Verdict.RIGHT_BUT_DATED);
    assertThat(done(hashes.verify(WRONG, kept))).isEqualTo(Verdict.WRONG);
  }

  @Test
  void takesTwoSpellingsOfOneCharacterForOne() {
    var composed = Password.parse("caf\u00e9 in the old town");
    var decomposed = Password.parse("cafe\u0301 in the old town");

    var kept = done(hashes.hash(composed));

    assertThat(done(hashes.verify(decomposed, kept))).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void saysThatTheServerIsBusyWhenNoTurnComes() {
    var withoutTurns =
        new PasswordHashes(Argon2Cost.STANDARD, 0, Duration.ZERO, new SecureRandom());

    var outcome = withoutTurns.hash(RIGHT);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.problem().reason()).isEqualTo(Reasons.OVERLOADED));
  }

  private static PasswordHashes hashesAt(Argon2Cost cost) {
    return new PasswordHashes(cost, 2, PATIENCE, new SecureRandom());
  }
}
