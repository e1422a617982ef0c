package dev.keyreeve.server.http;

import static java.util.Comparator.comparingInt;

import dev.keyreeve.procedure.protocol.Protocol;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which protocol serves which paths. Where one mount lies under another, the longer one serves: in
/// which order they are listed is of no importance.
public final class Mounts {
  /// The longest first.
  private final List<Mount> mounts;

  private final Protocol otherwise;

  /// A protocol serves a path itself and everything below it.
  ///
  /// @param path from its slash, and without one at the end; `/` alone is everything
  public record Mount(String path, Protocol protocol) {
    private static final String ROOT = "/";

    public Mount {
      if (!path.startsWith("/") || (path.endsWith("/") && !path.equals(ROOT))) {
        throw new IllegalArgumentException(
            "a mount begins with a slash and does not end with one: " + path);
      }
    }

    boolean covers(String requested) {
      return path.equals(ROOT)
          || (requested.startsWith(path)
              && (requested.length() == path.length() || requested.charAt(path.length()) == '/'));
    }
  }

  /// @param otherwise answers for paths that nothing is mounted at
  /// @throws IllegalArgumentException if two protocols are mounted at one path
  public Mounts(List<Mount> mounts, Protocol otherwise) {
    var taken = new HashMap<String, Protocol>();
    for (var mount : mounts) {
      var before = taken.putIfAbsent(mount.path(), mount.protocol());
      if (before != null) {
        throw new IllegalArgumentException(
            "two are mounted at %s: %s and %s".formatted(mount.path(), before, mount.protocol()));
      }
    }
    this.mounts =
        mounts.stream()
            .sorted(comparingInt((Mount each) -> each.path().length()).reversed())
            .toList();
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
