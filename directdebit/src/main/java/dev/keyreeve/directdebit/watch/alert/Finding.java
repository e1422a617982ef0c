package dev.keyreeve.directdebit.watch.alert;

import java.util.List;
import java.util.function.Supplier;

/// What a rule's metric comes to in a scope.
///
/// @param scope the rule's own, or the one claim, mandate or submission that was found
/// @param evidence what was counted; asked for only if an alert opens
record Finding(String scope, Counts counts, Supplier<List<AlertEvidence>> evidence) {}
