package dev.keyreeve.platform.mail;

import org.jspecify.annotations.Nullable;

/// Who sends.
///
/// @param name as it stands beside the address: one line
/// @param returnPath where bounces go; null for the address itself
public record From(MailAddress address, String name, @Nullable MailAddress returnPath) {
  public From {
    if (!Message.isPrintable(name)) throw new IllegalArgumentException("A name is one line.");
  }

  MailAddress envelope() {
    return returnPath == null ? address : returnPath;
  }
}
