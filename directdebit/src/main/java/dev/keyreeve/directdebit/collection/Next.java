package dev.keyreeve.directdebit.collection;

/// What a step makes of a status.
public sealed interface Next<S> {

  record To<S>(S status) implements Next<S> {}

  /// The step has been taken before, or does not concern the status.
  record Same<S>() implements Next<S> {}

  /// The status does not know this step. A report that asks for it does not fit what is known here.
  record Illegal<S>() implements Next<S> {}
}
