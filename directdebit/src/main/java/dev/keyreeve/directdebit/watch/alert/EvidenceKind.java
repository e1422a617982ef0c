package dev.keyreeve.directdebit.watch.alert;

import java.util.Locale;

/// What the evidence of an alert is made of.
enum EvidenceKind {
  ATTEMPT,
  CLAIM,
  MANDATE,
  SUBMISSION;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static EvidenceKind parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
