/// What the events of a workspace tell of one kind of thing: as a history, as a feed to keep up
/// with, and as a stream. Open [EventFeed][dev.keyreeve.platform.feed.EventFeed] first.
@NullMarked
package dev.keyreeve.platform.feed;

import org.jspecify.annotations.NullMarked;
