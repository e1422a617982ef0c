package dev.keyreeve.identity.organisation;

import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// What an organisation is to pay for; what is absent stays as it is.
///
/// @param callsPerMinute in place of the plan's number, until it is given up
/// @param planLimit gives up the number in place of the plan's
@SnakeCase
record ChangePlan(
    @Text(max = 40) String id,
    @Nullable Plan plan,
    @Nullable @Range(min = 1, max = 1_000_000) Integer callsPerMinute,
    @Nullable Boolean planLimit) {
  ChangePlan {
    if (callsPerMinute != null && Boolean.TRUE.equals(planLimit)) {
      throw new IllegalArgumentException(
          "Give calls_per_minute or plan_limit, not both: one is in place of the other.");
    }
  }
}
