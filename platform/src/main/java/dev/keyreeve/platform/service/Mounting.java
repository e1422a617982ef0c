package dev.keyreeve.platform.service;

import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.protocol.Protocol;
import dev.keyreeve.procedure.rest.RestProtocol;
import dev.keyreeve.procedure.trpc.TrpcProtocol;

/// A place where an API answers, and the form in which it does: at the path itself, and below it.
public sealed interface Mounting {
  String path();

  /// @param calls of the API
  /// @param refusals gives problems their form, where the protocol has none of its own
  Protocol protocol(Calls calls, Protocol refusals);

  /// As resources.
  ///
  /// @param base what all routes follow; above the path if it begins as the routes do
  record Rest(String path, String base) implements Mounting {
    public Rest(String path) {
      this(path, path);
    }

    @Override
    public Protocol protocol(Calls calls, Protocol refusals) {
      return new RestProtocol(base, calls);
    }
  }

  record Trpc(String path) implements Mounting {
    @Override
    public Protocol protocol(Calls calls, Protocol refusals) {
      return new TrpcProtocol(path, calls);
    }
  }

  /// In a form that somebody else has laid down.
  record Special(String path, Form form) implements Mounting {
    @Override
    public Protocol protocol(Calls calls, Protocol refusals) {
      return form.protocol(path, calls, refusals);
    }
  }

  /// How to speak to an API that is mounted at a path.
  @FunctionalInterface
  interface Form {
    Protocol protocol(String path, Calls calls, Protocol refusals);
  }
}
