package dev.keyreeve.directdebit.collection;

import java.util.Locale;

/// Why a debit is left out: the cause that its event tells.
enum Skipped {
  /// Its mandate was suspended on the day on which it had to go out.
  MANDATE_SUSPENDED,
  /// Its day had passed when its mandate came into force.
  MANDATE_NOT_ACTIVE;

  String cause() {
    return name().toLowerCase(Locale.ROOT);
  }
}
