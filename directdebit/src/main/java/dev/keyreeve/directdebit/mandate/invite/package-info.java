/// Invites: links by which payers give their bank details and their authority themselves, and the
/// page that such a link opens. Open [Invites][dev.keyreeve.directdebit.mandate.invite.Invites]
/// first.
@NullMarked
package dev.keyreeve.directdebit.mandate.invite;

import org.jspecify.annotations.NullMarked;
