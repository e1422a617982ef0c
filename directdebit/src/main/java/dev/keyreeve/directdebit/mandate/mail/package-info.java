/// What payers get by mail. Start with [dev.keyreeve.directdebit.mandate.mail.PayerMailbox], which
/// queues it; [dev.keyreeve.directdebit.mandate.mail.PayerMail] has the words.
@NullMarked
package dev.keyreeve.directdebit.mandate.mail;

import org.jspecify.annotations.NullMarked;
