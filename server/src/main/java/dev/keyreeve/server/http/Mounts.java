package dev.keyreeve.server.http;

import dev.keyreeve.procedure.protocol.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which protocol serves which paths.
public final class Mounts {
  private final List<Mount> mounts;
  private final Protocol otherwise;

  /// A protocol serves a path itself and everything below it.
  public record Mount(String path, Protocol protocol) {
    boolean covers(String requested) {
      return requested.startsWith(path)
          && (requested.length() == path.length() || requested.charAt(path.length()) == '/');
    }
  }

  /// @param otherwise answers for paths that nothing is mounted at
  public Mounts(List<Mount> mounts, Protocol otherwise) {
    this.mounts = List.copyOf(mounts);
    this.otherwise = otherwise;
  }

  Protocol at(String path) {
    var mounted = find(path);
    return mounted == null ? otherwise : mounted;
  }

  /// The protocol that refuses a request target which could not be read.
  Protocol atTarget(String target) {
    int query = target.indexOf('?');
    return at(query < 0 ? target : target.substring(0, query));
  }

  private @Nullable Protocol find(String path) {
    for (var mount : mounts) {
      if (mount.covers(path)) return mount.protocol();
    }
    return null;
  }
}
