package dev.keyreeve.procedure;

/// The work of a procedure, in plain blocking code.
public sealed interface Handler<I, O> {

  /// Answers once.
  non-sealed interface Answering<I, O> extends Handler<I, O> {
    Outcome<O> answer(Call<I, O> call);
  }

  /// Answers with events for as long as the caller listens.
  non-sealed interface Streaming<I, O> extends Handler<I, O> {
    Outcome<Feed<O>> open(Call<I, O> call);
  }
}
