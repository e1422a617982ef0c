/// What happens at which time of a service user's day, once, whichever server comes first. Open
/// [Moments][dev.keyreeve.directdebit.moment.Moments] first.
@NullMarked
package dev.keyreeve.directdebit.moment;

import org.jspecify.annotations.NullMarked;
