package dev.keyreeve.server.config;

import dev.keyreeve.access.network.Cidr;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Where the API is served, and to whom.
///
/// @param port 0 for any that is free
/// @param plainPort beside TLS, where every request is refused because it is not encrypted
/// @param publicUrl where the server is reached from outside, without a slash at the end; null if
///   that is where it listens
/// @param trustedProxies peers whose forwarding headers are believed
public record HttpSettings(
    String host,
    int port,
    OptionalInt plainPort,
    @Nullable String publicUrl,
    List<Cidr> trustedProxies) {
  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }
}
