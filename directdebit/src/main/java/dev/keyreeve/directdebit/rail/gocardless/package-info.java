/// GoCardless as a rail of direct debit: a client of its API, its webhooks and its list of events,
/// and what these events mean in the words of every scheme. [GoCardless] joins them to submissions
/// and mandates; the client below it, which keeps nothing, is [GoCardlessClient].
@NullMarked
package dev.keyreeve.directdebit.rail.gocardless;

import org.jspecify.annotations.NullMarked;
