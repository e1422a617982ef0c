/// Mail: what is to be sent, the queue that keeps it until it is, and the two ways out, an SMTP
/// server and a folder. Start with [dev.keyreeve.platform.mail.MailQueue].
@NullMarked
package dev.keyreeve.platform.mail;

import org.jspecify.annotations.NullMarked;
