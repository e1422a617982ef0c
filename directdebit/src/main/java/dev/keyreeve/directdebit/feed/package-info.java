/// What the events of a workspace tell of one kind of thing: as a history, as a feed to keep up
/// with, and as a stream. Open [EventFeed][dev.keyreeve.directdebit.feed.EventFeed] first.
@NullMarked
package dev.keyreeve.directdebit.feed;

import org.jspecify.annotations.NullMarked;
