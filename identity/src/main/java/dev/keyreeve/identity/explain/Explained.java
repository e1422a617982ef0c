package dev.keyreeve.identity.explain;

import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.decision.Explanation;
import dev.keyreeve.access.decision.Rule;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer: one item for each call.
@SnakeCase
record Explained(List<Item> calls) {

  /// Facts may have changed since a request was decided, so what was recorded then stands beside
  /// what would be decided now.
  ///
  /// @param recorded absent if no request was asked about
  /// @param decision absent if it is not known who called, so that nothing can be decided anew
  @SnakeCase
  record Item(@Nullable Recorded recorded, @Nullable Decided decision) {}

  /// @param procedure absent if the request was refused before it came to one
  /// @param outcome `ok`, or the code of the problem
  /// @param reason the problem's word
  /// @param address absent if it is not known
  @SnakeCase
  record Recorded(
      Instant at,
      @Nullable String keyId,
      @Nullable String sessionId,
      @Nullable String procedure,
      String outcome,
      @Nullable String reason,
      @Nullable String address) {

    static Recorded of(SeenCall seen) {
      return new Recorded(
          seen.at(),
          seen.key() == null ? null : seen.key().toString(),
          seen.session(),
          seen.procedure(),
          seen.outcome(),
          seen.reason(),
          seen.address().isUnknown() ? null : seen.address().toString());
    }
  }

  /// @param at the instant for which it is decided
  /// @param permitted whether the call would be carried out
  /// @param status of HTTP, if it would be refused
  /// @param reason why it would be refused: the word, and a sentence for people
  /// @param rules in the order in which they are asked; the first that does not hold decides
  @SnakeCase
  record Decided(
      Instant at,
      boolean permitted,
      @Nullable Integer status,
      @Nullable String reason,
      @Nullable String message,
      List<RuleSeen> rules) {

    /// @param withRequirement whether the procedure is known
    static Decided of(Explanation explanation, Instant at, boolean withRequirement) {
      var rules =
          explanation.rules().stream()
              .filter(rule -> withRequirement || rule.name() != Rule.Name.REQUIREMENT)
              .map(RuleSeen::of)
              .toList();
      return switch (explanation.decision()) {
        case Decision.Permitted _ -> new Decided(at, true, null, null, null, rules);
        case Decision.Denied denied -> {
          var problem = Problem.of(denied);
          yield new Decided(
              at,
              false,
              problem.code().httpStatus(),
              problem.reason().word(),
              problem.message(),
              rules);
        }
      };
    }
  }

  /// @param rule its name, such as `key_addresses`
  /// @param saw the facts that it looked at, for people
  /// @param reason why it refuses: the word, and a sentence for people
  @SnakeCase
  record RuleSeen(
      String rule, boolean holds, String saw, @Nullable String reason, @Nullable String message) {

    static RuleSeen of(Rule rule) {
      return switch (rule.verdict()) {
        case Rule.Verdict.Held _ -> new RuleSeen(rule.name().word(), true, rule.saw(), null, null);
        case Rule.Verdict.Refused(var denied) -> {
          var problem = Problem.of(denied);
          yield new RuleSeen(
              rule.name().word(), false, rule.saw(), problem.reason().word(), problem.message());
        }
      };
    }
  }
}
