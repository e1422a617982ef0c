package dev.keyreeve.platform.organisation;

import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to become of an organisation; what is absent stays as it is.
///
/// @param plan for the command line
/// @param callsPerMinute in place of the plan's number, until it is given up; for the command line
/// @param planLimit gives up the number in place of the plan's; for the command line
/// @param ipAllowList where keys may be used from; the empty list restricts nothing
@SnakeCase
record UpdateOrganisation(
    @Text(max = 40) String id,
    @Nullable @Text(min = 1, max = 100) String name,
    @Nullable Plan plan,
    @Nullable @Range(min = 1, max = 1_000_000) Integer callsPerMinute,
    @Nullable Boolean planLimit,
    @Nullable @Items(max = IpAllowList.MAX) List<@Text(max = 64) String> ipAllowList) {
  UpdateOrganisation {
    if (callsPerMinute != null && Boolean.TRUE.equals(planLimit)) {
      throw new IllegalArgumentException(
          "Give calls_per_minute or plan_limit, not both: one is in place of the other.");
    }
  }

  /// Whether it changes what an organisation pays for.
  boolean changesLimit() {
    return plan != null || callsPerMinute != null || planLimit != null;
  }
}
