package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.mandate.payer.Contact;
import dev.keyreeve.platform.mail.EmailAddress;
import org.jspecify.annotations.Nullable;

/// The payer of a mandate.
record PayerView(
    String id, @Nullable String externalRef, String name, @Nullable EmailAddress email) {
  Contact contact() {
    return new Contact(name, email);
  }
}
