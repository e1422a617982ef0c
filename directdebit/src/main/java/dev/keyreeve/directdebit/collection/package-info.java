/// Collections, which are amounts owed on a day, and attempts, which are presentations of them:
/// planned, told of, presented, and moved by what comes back. Open
/// [CollectionStatus][dev.keyreeve.directdebit.collection.CollectionStatus] for the moves and
/// [Presentations][dev.keyreeve.directdebit.collection.Presentations] for who makes them.
@NullMarked
package dev.keyreeve.directdebit.collection;

import org.jspecify.annotations.NullMarked;
