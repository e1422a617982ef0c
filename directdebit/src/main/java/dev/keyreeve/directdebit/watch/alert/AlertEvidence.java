package dev.keyreeve.directdebit.watch.alert;

/// One thing that was counted when an alert opened.
record AlertEvidence(EvidenceKind kind, String id) {}
