package dev.keyreeve.identity.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// How far the log of changes had come when this node last looked, kept beside the database and not
/// in it: a database that is restored to an older state has forgotten revocations, and is noticed.
public final class LogPosition {
  private final Path file;
  private long written;

  /// The database knows less than this node has seen of it.
  public static final class Rollback extends RuntimeException {
    private static final long serialVersionUID = 1;

    Rollback(long seen, long found, String acknowledge) {
      super(
          "The database has forgotten changes of access: its log ends at %d, and this server has seen %d. It was restored to an older state, or is another one; revocations may be missing. %s"
              .formatted(found, seen, acknowledge));
    }
  }

  private LogPosition(Path file) {
    this.file = file;
  }

  /// @param file where the position is kept; it need not be there yet
  public static LogPosition in(Path file) {
    return new LogPosition(file);
  }

  /// @throws Rollback if the log ends before the position that is kept
  void check(long last) {
    long kept = read();
    if (last < kept) {
      throw new Rollback(
          kept, last, "Revoke again what was revoked since, delete " + file + " and start anew.");
    }
  }

  private long read() {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file, US_ASCII).strip()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(file + " holds no position of the log; delete it.", e);
    }
  }

  /// Replaces the file as a whole; a position that is lost to a power cut is merely an older one.
  void keep(long seen) {
    if (seen <= written) return;
    try {
      var next = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(next, seen + "\n", US_ASCII);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      written = seen;
    } catch (IOException e) {
      throw new UncheckedIOException("the position of the log cannot be kept", e);
    }
  }
}
