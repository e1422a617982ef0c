package dev.keyreeve.platform.datadirectory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A directory that only its owner can read and that only one process holds at a time. The
/// operating system lets go of the lock when the process ends, however it ends.
public final class DataDirectory implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FILE =
      PosixFilePermissions.fromString("rw-------");

  /// The directories this process holds. POSIX locks belong to the process and fall when *any*
  /// channel on the file is closed, so a second attempt from the same process must not even open
  /// the lock file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Creates the directory if it is missing, and takes its lock.
  ///
  /// @throws DataDirectoryException if another server holds it, or if somebody else owns it or can
  ///   read it
  public static DataDirectory open(Path path) {
    try {
      Files.createDirectories(
          path.toAbsolutePath(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      var directory = path.toRealPath();
      requirePrivate(directory);
      return locked(directory);
    } catch (IOException e) {
      throw new DataDirectoryException("The data directory " + path + " cannot be used: " + e, e);
    }
  }

  /// Where the directory is: absolute, without symbolic links.
  public Path path() {
    return path;
  }

  /// A directory within this one, for its owner alone, created if it is missing.
  public Path subdirectory(String name) throws IOException {
    return Files.createDirectories(
        path.resolve(name), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new DataDirectoryException("The lock of " + path + " could not be given back: " + e, e);
    } finally {
      HELD.remove(path);
    }
  }

  private static void requirePrivate(Path directory) throws IOException {
    if ((int) Files.getAttribute(directory, "unix:uid") != new UnixSystem().getUid()) {
      var owner = Files.getOwner(directory).getName();
      throw new DataDirectoryException(
          "The data directory "
              + directory
              + " belongs to "
              + owner
              + ": start the server as "
              + owner
              + ", or choose another directory.");
    }
    if (OWNER_ONLY.containsAll(Files.getPosixFilePermissions(directory))) return;

    if (!isEmpty(directory)) {
      throw new DataDirectoryException(
          "The data directory "
              + directory
              + " is open to other users: run `chmod 700 "
              + directory
              + "` if it is meant for this server alone.");
    }
    Files.setPosixFilePermissions(directory, OWNER_ONLY);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static DataDirectory locked(Path directory) throws IOException {
    if (!HELD.add(directory)) throw inUse(directory, ownPid());

    try {
      return new DataDirectory(directory, lock(directory));
    } catch (IOException | RuntimeException e) {
      HELD.remove(directory);
      throw e;
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    var channel =
        FileChannel.open(
            directory.resolve("lock"),
            Set.of(CREATE, READ, WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE));
    try {
      if (channel.tryLock() == null) throw inUse(directory, textOf(channel));

      channel.truncate(0).write(UTF_8.encode(ownPid()), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static String textOf(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    return UTF_8.decode(bytes.flip()).toString();
  }

  private static DataDirectoryException inUse(Path directory, String pid) {
    return new DataDirectoryException(
        "The data directory "
            + directory
            + " is in use by another server"
            + (pid.isEmpty() ? "" : " (process " + pid + ")")
            + ": stop that one, or choose another directory.");
  }
}
