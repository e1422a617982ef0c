package dev.keyreeve.server.doctor;

import static dev.keyreeve.server.doctor.Finding.absent;
import static dev.keyreeve.server.doctor.Finding.good;
import static dev.keyreeve.server.doctor.Finding.warning;

import dev.keyreeve.directdebit.DirectDebitSettings;
import dev.keyreeve.server.config.Settings;

/// The weight table of the modulus check: whether account numbers of real banks are checked.
final class WeightTableCheck {
  private static final String WEIGHTS = "weight table";

  private WeightTableCheck() {}

  /// @param isLive whether there is a workspace in which real money may move
  static Finding examine(Settings settings, boolean isLive) {
    var table = settings.of(DirectDebitSettings.GROUP).weights();
    if (!table.isSynthetic()) return good(WEIGHTS, "It has " + table.size() + " rows.");

    var message = "None is given, so account numbers of real banks are not checked.";
    return isLive
        ? warning(WEIGHTS, message + " Give direct-debit.modulus-weights.")
        : absent(WEIGHTS, message);
  }
}
