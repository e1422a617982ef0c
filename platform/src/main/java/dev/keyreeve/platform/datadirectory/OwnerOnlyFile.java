package dev.keyreeve.platform.datadirectory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/// A file with a secret in it. It is written whole or not at all, survives a loss of power, and is
/// not read while anybody but its owner could read it too.
public final class OwnerOnlyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private OwnerOnlyFile() {}

  /// The text of the file, which is made with this text if there is none.
  ///
  /// @throws IllegalStateException if others can read it
  public static String readOrCreate(Path file, Supplier<String> text) {
    if (Files.notExists(file)) write(file, text.get());
    return read(file);
  }

  /// @throws IllegalStateException if others can read it
  /// @throws UncheckedIOException if it is not there
  public static String read(Path file) {
    try {
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IllegalStateException(
            "The file " + file + " is open to others. Allow its owner alone: chmod 600 " + file);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Replaces the file.
  public static void write(Path file, String text) {
    try {
      var draft =
          Files.createTempFile(
              file.resolveSibling("."),
              ".draft",
              null,
              PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        var bytes = UTF_8.encode(text);
        while (bytes.hasRemaining()) channel.write(bytes);
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      try (var directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
