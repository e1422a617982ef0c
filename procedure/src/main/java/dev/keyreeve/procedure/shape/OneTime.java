package dev.keyreeve.procedure.shape;

/// A secret on its way to the one answer that shows it. It is left out of what is stored of that
/// answer, so it reads back as absent and its component is always `@Nullable`.
public final class OneTime {
  private final String secret;

  public OneTime(String secret) {
    this.secret = secret;
  }

  public String reveal() {
    return secret;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
