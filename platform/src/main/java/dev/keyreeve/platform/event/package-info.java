/// What happened, told to whoever follows: one numbered feed in each workspace.
///
/// Start with [dev.keyreeve.platform.event.Event]; events are written at the end of the transaction
/// that made them true.
@NullMarked
package dev.keyreeve.platform.event;

import org.jspecify.annotations.NullMarked;
