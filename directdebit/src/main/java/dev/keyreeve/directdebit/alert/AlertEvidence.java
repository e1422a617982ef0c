package dev.keyreeve.directdebit.alert;

/// One thing that was counted when an alert opened.
record AlertEvidence(EvidenceKind kind, String id) {}
