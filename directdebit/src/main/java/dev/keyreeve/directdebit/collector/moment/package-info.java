/// What happens at which time of a service user's day, once, whichever server comes first. Open
/// [Moments][dev.keyreeve.directdebit.collector.moment.Moments] first.
@NullMarked
package dev.keyreeve.directdebit.collector.moment;

import org.jspecify.annotations.NullMarked;
