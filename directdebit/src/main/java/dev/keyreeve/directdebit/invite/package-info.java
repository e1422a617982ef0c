/// Invites: links by which payers give their bank details and their authority themselves, and the
/// page that such a link opens. Open [Invites][dev.keyreeve.directdebit.invite.Invites] first.
@NullMarked
package dev.keyreeve.directdebit.invite;

import org.jspecify.annotations.NullMarked;
