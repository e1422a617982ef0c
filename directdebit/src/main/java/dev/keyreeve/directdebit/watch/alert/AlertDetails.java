package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Unwrapped;
import java.util.List;

/// An alert with what people wrote of it and what was counted when it opened.
///
/// @param evidenceCount how many there are; `evidence` lists the first 500
record AlertDetails(
    @Unwrapped AlertView alert,
    @Items(max = 500) List<AlertNote> notes,
    int evidenceCount,
    @Items(max = 500) List<AlertEvidence> evidence) {}
