package dev.keyreeve.server.node;

import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.platform.database.Database;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a server is to run.
///
/// @param port 0 for any that is free
/// @param database null for the embedded one in the data directory
/// @param publicUrl where the server is reached from outside, without a slash at the end; null if
///   that is where it listens
/// @param trustedProxies peers whose `X-Forwarded-For` is believed
/// @param demo whether to fill in a demo organisation
public record Settings(
    String host,
    int port,
    Path dataDirectory,
    Database.@Nullable Location database,
    @Nullable String publicUrl,
    List<Cidr> trustedProxies,
    boolean demo) {
  public Settings {
    trustedProxies = List.copyOf(trustedProxies);
  }
}
