package dev.keyreeve.platform.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A directory for what is under construction: nothing in it counts, and a start sweeps what an
/// earlier one left there.
record Unfinished(Path directory) {

  static Unfinished swept(Path directory) throws IOException {
    try (var leftovers = Files.list(directory)) {
      leftovers.forEach(Unfinished::sweep);
    }
    return new Unfinished(directory);
  }

  private static void sweep(Path leftover) {
    try {
      delete(leftover);
    } catch (IOException | UncheckedIOException _) {
      // A program of a killed server is still writing there; the next start sweeps again.
    }
  }

  /// A new empty directory, for its owner alone. Its name is never used again: a program of a
  /// killed server may still write to an older one.
  Path fresh() throws IOException {
    return Files.createTempDirectory(directory, "");
  }

  /// Makes a finished file or directory count, at once and for good.
  static void publish(Path finished, Path target) throws IOException {
    force(finished);
    Files.move(finished, target, ATOMIC_MOVE);
    force(target.resolveSibling("."));
  }

  /// Deletes a directory that counts, so that at no moment a half of it does.
  void discard(Path path) throws IOException {
    var bin = fresh();
    Files.move(path, bin.resolve("discarded"), ATOMIC_MOVE);
    delete(bin);
  }

  static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path path) throws IOException {
    try (var paths = Files.walk(path)) {
      for (var each : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
    }
  }
}
