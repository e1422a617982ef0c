package dev.keyreeve.server.doctor;

import static dev.keyreeve.server.doctor.Finding.absent;
import static dev.keyreeve.server.doctor.Finding.good;
import static dev.keyreeve.server.doctor.Finding.warning;

import dev.keyreeve.platform.service.Supply;
import dev.keyreeve.server.config.Settings;
import dev.keyreeve.server.node.Services;
import java.util.List;

/// What services can be supplied with, such as a table by which account numbers are checked.
final class SuppliesCheck {
  private SuppliesCheck() {}

  /// @param isLive whether there is a workspace in which real money may move
  static List<Finding> examine(Settings settings, boolean isLive) {
    return Services.SHIPPED.supplies(settings).stream()
        .map(supply -> examine(supply, isLive))
        .toList();
  }

  private static Finding examine(Supply supply, boolean isLive) {
    if (supply.given()) return good(supply.subject(), supply.found());

    return isLive
        ? warning(supply.subject(), supply.found() + " " + supply.remedy())
        : absent(supply.subject(), supply.found());
  }
}
