package dev.keyreeve.access.scope;

import java.util.Locale;

/// What a signed-in person is to an organisation, weakest first.
public enum Role {
  /// Sees everything, and changes nothing.
  VIEWER,
  /// Does the daily work of the services.
  OPERATOR,
  /// Manages keys, webhooks and members.
  ADMIN,
  /// Also appoints owners and ends the organisation.
  OWNER;

  /// As people and programs write it, such as `admin`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
