package dev.keyreeve.platform.mail;

import org.jspecify.annotations.Nullable;

/// Who sends.
///
/// @param address one that is deliverable
/// @param name as it stands beside the address: one line
/// @param returnPath where bounces go, likewise deliverable; null for the address itself
public record From(EmailAddress address, String name, @Nullable EmailAddress returnPath) {
  public From {
    if (!address.isDeliverable() || (returnPath != null && !returnPath.isDeliverable())) {
      throw new IllegalArgumentException("Mail cannot come from there.");
    }
    if (!Message.isPrintable(name)) throw new IllegalArgumentException("A name is one line.");
  }

  EmailAddress envelope() {
    return returnPath == null ? address : returnPath;
  }
}
