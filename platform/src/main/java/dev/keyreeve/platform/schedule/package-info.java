/// What is done later, at least once, by one node at a time.
///
/// There is only [dev.keyreeve.platform.schedule.Schedule]; who needs something done tells it what
/// before it starts.
@NullMarked
package dev.keyreeve.platform.schedule;

import org.jspecify.annotations.NullMarked;
