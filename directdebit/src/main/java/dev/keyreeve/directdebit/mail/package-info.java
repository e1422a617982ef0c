/// What payers get by mail. Start with [dev.keyreeve.directdebit.mail.PayerMailbox], which queues
/// it; [dev.keyreeve.directdebit.mail.PayerMail] has the words.
@NullMarked
package dev.keyreeve.directdebit.mail;

import org.jspecify.annotations.NullMarked;
