/// Delivering what waits in a table to whoever shall have it, at least once: looking for what is
/// due, claiming it, making an attempt, trying again, giving up. Start with [Dispatcher], which
/// says what holds for every room that delivers.
///
/// A further room keeps its own tables and sender, and needs three things:
///
/// 1. an implementation of [Deliveries]: its SQL around its sender;
/// 2. [DeliveryTerms] of its own: how long a claim lasts, which must be longer than its sender can
///    take, and a [RetrySchedule];
/// 3. a [Dispatcher] over both, hung on the schedule with two names that no other room uses.
///
/// Whoever wants something delivered writes a row in the transaction that makes it true; nobody
/// calls the dispatcher for it.
@NullMarked
package dev.keyreeve.platform.delivery;

import org.jspecify.annotations.NullMarked;
