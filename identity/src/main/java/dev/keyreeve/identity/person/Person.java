package dev.keyreeve.identity.person;

import dev.keyreeve.platform.mail.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Somebody who can sign in.
///
/// @param passwordHash what is kept of the password; null if passkeys alone open the account
/// @param lastWorkspace where the last session stood
public record Person(
    String id,
    EmailAddress email,
    String name,
    @Nullable String passwordHash,
    @Nullable String lastWorkspace) {

  @Override
  public String toString() {
    return id;
  }
}
