package dev.keyreeve.platform.cipher;

/// A stored value is not what was sealed for its cell, or its key is missing. The data or the key
/// file has been changed behind the server's back, which no caller can put right.
public final class UnreadableField extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnreadableField(String message) {
    super(message);
  }

  UnreadableField(String message, Throwable cause) {
    super(message, cause);
  }
}
