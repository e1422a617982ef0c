package dev.keyreeve.procedure.command;

/// Ends a command with a sentence for whoever typed it.
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  public Refusal(String sentence) {
    super(sentence);
  }
}
