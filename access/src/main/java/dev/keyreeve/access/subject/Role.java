package dev.keyreeve.access.subject;

/// What a signed-in person is to an organisation, weakest first.
public enum Role {
  VIEWER,
  OPERATOR,
  ADMIN,
  OWNER
}
