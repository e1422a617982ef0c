package dev.keyreeve.identity.usage;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.identity.key.KeyRefusals;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The usage of keys, for operators.
public final class UsageProcedures {
  private static final Reason BAD_RANGE =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "range_not_served",
          "A range ends after it begins, and spans a day of minutes, a month of hours or two years"
              + " of days at most.");

  private final Usage usage;

  public UsageProcedures(Usage usage) {
    this.usage = usage;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("keys.usage", signedIn(Role.VIEWER), get("/keys/{id}/usage"))
            .about("Tells how much a key is used, and when each of its secrets was used last.")
            .takes(UsageOfKey.class)
            .gives(KeyUsage.class)
            .refuses(KeyRefusals.NO_SUCH_KEY, BAD_RANGE)
            .by(this::of));
  }

  /// @param unit days unless said
  /// @param from the last hour of minutes, day of hours or month of days unless said
  /// @param to the first instant that is no longer wanted; now unless said
  @SnakeCase
  record UsageOfKey(KeyId id, @Nullable Unit unit, @Nullable Instant from, @Nullable Instant to) {}

  private Outcome<KeyUsage> of(Call<UsageOfKey, KeyUsage> call) {
    var input = call.input();
    var workspace = usage.workspaceOf(input.id(), new Within(call.caller().reach()));
    if (workspace.isEmpty()) return Outcome.refused(KeyRefusals.NO_SUCH_KEY);

    var unit = input.unit() == null ? Unit.DAY : input.unit();
    // What is called at this very moment is wanted too.
    var to = input.to() == null ? call.at().plusMillis(1) : input.to();
    var from = input.from() == null ? to.minus(usual(unit)) : input.from();
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(longest(unit)) > 0) {
      return Outcome.refused(BAD_RANGE, Map.of("longestSeconds", longest(unit).toSeconds()));
    }
    return Outcome.done(usage.of(input.id(), workspace.get(), unit, from, to, call.at()));
  }

  private static Duration usual(Unit unit) {
    return switch (unit) {
      case MINUTE -> Duration.ofHours(1);
      case HOUR -> Duration.ofDays(1);
      case DAY -> Duration.ofDays(30);
    };
  }

  private static Duration longest(Unit unit) {
    return switch (unit) {
      case MINUTE -> Duration.ofDays(1);
      case HOUR -> Duration.ofDays(31);
      case DAY -> Duration.ofDays(731);
    };
  }
}
