package dev.keyreeve.procedure.http;

import dev.keyreeve.access.network.Address;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The head of a request as the server received it, before anything is decided about it. Its
/// headers stay readable, from any thread, until the reply is written.
public interface RawRequest {
  String method();

  /// The request target, character for character as it was received.
  String target();

  /// Whether the protocol demands a `Host` header. HTTP/1.1 does (RFC 9112, section 3.2); HTTP/2
  /// has `:authority`.
  boolean requiresHost();

  /// Gives each header line, repeated ones included, in the order received; names in any case.
  void forEachHeader(BiConsumer<String, String> line);

  /// The value of the first line of this name, in any case.
  @Nullable String header(String name);

  /// The address of the other end of the socket, or [Address#UNKNOWN].
  Address peer();

  /// The name that the server gave this request, for logs and for the caller's questions.
  String requestId();
}
