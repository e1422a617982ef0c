package dev.keyreeve.procedure;

/// What a call needs cannot be reached at the moment, and nothing was done. The caller may try
/// again.
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unavailable(String what, Throwable cause) {
    super(what + " cannot be reached", cause);
  }
}
