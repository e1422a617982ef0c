package dev.keyreeve.identity.key;

import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.Rounds;
import dev.keyreeve.procedure.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Leads keys through random lives, and compares what each secret that ever was opens with what a
/// slow and obvious model of the rules says.
class KeyModelTest {
  private static final int KEYS = 4;
  private static final List<String> MOVES =
      List.of(
          "issue",
          "issue",
          "rotate",
          "rotate",
          "rotate",
          "regenerate",
          "activate",
          "activate",
          "deactivate",
          "revoke",
          "delete",
          "rename",
          "extend",
          "wait",
          "wait",
          "wait");

  /// A key by its rules alone.
  private static final class Model {
    final IssuedKey issued;
    final @Nullable Instant notBefore;
    @Nullable Instant expiresAt;
    boolean active = true;
    boolean revoked;
    boolean deleted;

    /// When each secret ends, by its text; those that are gone are not here.
    final Map<String, Instant> secrets = new HashMap<>();

    Model(IssuedKey issued, String text, @Nullable Instant notBefore, @Nullable Instant expiresAt) {
      this.issued = issued;
      this.notBefore = notBefore;
      this.expiresAt = expiresAt;
      secrets.put(text, Instant.MAX);
    }

    boolean isExpired(Instant now) {
      return expiresAt != null && !now.isBefore(expiresAt);
    }

    String answerTo(String text, Instant now) {
      var end = secrets.get(text);
      if (end == null || !now.isBefore(end)) return "401 invalid_key";
      if (revoked) return "401 key_revoked";
      if (isExpired(now)) return "401 key_expired";
      if (notBefore != null && now.isBefore(notBefore)) return "401 key_not_yet_valid";
      return active ? "permitted" : "403 key_disabled";
    }

    /// Why the rules refuse to move it, or null.
    @Nullable String obstacleTo(String move, Instant now) {
      if (deleted) return "key_not_found";
      boolean ends = move.equals("revoke") || move.equals("delete");
      if (revoked && !ends) return "key_is_revoked";
      boolean needsTime = List.of("rotate", "regenerate", "extend").contains(move);
      return needsTime && isExpired(now) ? "key_is_expired" : null;
    }

    /// Takes a new secret, beside which only the newest old one lives on, until its end.
    void renew(String text, Instant oldEnd, Instant now) {
      secrets.values().removeIf(end -> !end.equals(Instant.MAX));
      secrets.replaceAll((_, _) -> oldEnd);
      secrets.values().removeIf(end -> !now.isBefore(end));
      secrets.put(text, Instant.MAX);
    }
  }

  @Test
  void letsEachSecretOpenWhatTheRulesSayWhateverHappens() {
    try (var platform = TestIdentity.start()) {
      for (int seed = 1; seed <= Rounds.of(3); seed++) {
        live(new KeyDesk(platform), new Random(seed), "seed " + seed);
      }
    }
  }

  private static void live(KeyDesk desk, Random random, String life) {
    var models = new ArrayList<Model>();
    var texts = new HashMap<String, Model>();
    for (int step = 0; step < 80; step++) {
      var move = models.isEmpty() ? "issue" : MOVES.get(random.nextInt(MOVES.size()));
      var described = life + ", step " + step + ": " + move;
      if (move.equals("wait")) {
        desk.advance(Duration.ofMinutes(1 + random.nextInt(45)));
      } else if (move.equals("issue")) {
        if (models.size() < KEYS) issue(desk, random, models, texts);
      } else {
        move(desk, random, models.get(random.nextInt(models.size())), move, texts, described);
      }
      var now = desk.now();
      texts.forEach(
          (text, model) ->
              assertThat(desk.standingOf(text))
                  .describedAs(described)
                  .isEqualTo(model.answerTo(text, now)));
    }
    assertThat(texts.size()).isGreaterThan(KEYS);
  }

  private static void issue(
      KeyDesk desk, Random random, List<Model> models, Map<String, Model> texts) {
    var now = desk.now();
    var notBefore = random.nextInt(3) == 0 ? now.plus(Duration.ofMinutes(20)) : null;
    var expiresAt =
        random.nextInt(3) > 0 ? now.plus(Duration.ofMinutes(60 + random.nextInt(400))) : null;
    var issued =
        done(
            desk.issue(
                "{'name':'x','scopes':['things:read']"
                    + (notBefore == null ? "" : ",'not_before':'" + notBefore + "'")
                    + (expiresAt == null ? "" : ",'expires_at':'" + expiresAt + "'")
                    + "}"));
    var model = new Model(issued, desk.text(issued), notBefore, expiresAt);
    models.add(model);
    texts.put(desk.text(issued), model);
  }

  private static void move(
      KeyDesk desk,
      Random random,
      Model model,
      String move,
      Map<String, Model> texts,
      String described) {
    var now = desk.now();
    int overlap = random.nextInt(3) * 30 * 60;
    var outcome =
        move.equals("rotate")
            ? desk.renew(move, model.issued, "'overlap_seconds':" + overlap)
            : desk.move(model.issued, move);
    var obstacle = model.obstacleTo(move, now);
    if (obstacle != null) {
      assertThat(outcome)
          .describedAs(described)
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.problem().reason().word()).isEqualTo(obstacle));
      return;
    }
    assertThat(outcome).describedAs(described).isInstanceOf(Outcome.Done.class);
    switch (move) {
      case "activate" -> model.active = true;
      case "deactivate" -> model.active = false;
      case "revoke" -> model.revoked = true;
      case "delete" -> {
        model.revoked = true;
        model.deleted = true;
      }
      case "extend" -> model.expiresAt = Instant.parse("2027-03-02T00:00:00Z");
      case "rename" -> {}
      case "rotate", "regenerate" -> {
        var wanted = move.equals("rotate") ? now.plusSeconds(overlap) : now;
        var end =
            model.expiresAt != null && model.expiresAt.isBefore(wanted) ? model.expiresAt : wanted;
        if (outcome instanceof Outcome.Done<?>(RenewedKey renewed)) {
          model.renew(desk.text(renewed), end, now);
          texts.put(desk.text(renewed), model);
        }
      }
      default -> throw new IllegalArgumentException(move);
    }
  }
}
