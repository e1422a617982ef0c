/// GoCardless as a rail of direct debit: a client of its API, its webhooks and its list of events,
/// and what these events mean in the words of every scheme. It keeps nothing: the caller stores
/// what it needs. Open [GoCardlessClient][dev.keyreeve.directdebit.gocardless.GoCardlessClient]
/// first.
@NullMarked
package dev.keyreeve.directdebit.gocardless;

import org.jspecify.annotations.NullMarked;
