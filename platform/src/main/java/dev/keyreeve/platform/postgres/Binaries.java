package dev.keyreeve.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The PostgreSQL programs of this build, unpacked into a directory named after their version. That
/// directory appears only when everything in it is on disk, so its presence is the proof that it is
/// whole.
final class Binaries {
  private final Path parent;
  private final String version = version();

  Binaries(Path parent) {
    this.parent = parent;
  }

  /// The directory that holds `bin`, `lib` and `share`.
  Path home() {
    return parent.resolve(version);
  }

  void unpackOnce(Unfinished unfinished, Consumer<String> progress) throws IOException {
    if (Files.isDirectory(home())) return;

    progress.accept("Unpacking PostgreSQL " + version + " ...");
    var target = unfinished.fresh();
    try (var archive = open()) {
      unpack(archive, target);
    }
    Unfinished.publish(target, home());
  }

  /// Deletes the programs of other versions; none of them may be running.
  void removeOthers(Unfinished unfinished) throws IOException {
    try (var versions = Files.list(parent)) {
      for (var other : versions.filter(v -> !v.equals(home())).toList()) unfinished.discard(other);
    }
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    var tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)));
    for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
      var path = entry.resolveIn(target);
      Files.createDirectories(entry.isDirectory() ? path : path.resolveSibling("."));
      if (entry.isDirectory()) continue;

      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      } else {
        Files.copy(tar, path);
        var executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
        Unfinished.force(path);
      }
    }
  }

  private static InputStream open() throws IOException {
    var system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
            ? "darwin"
            : "linux";
    var arm = System.getProperty("os.arch").equals("aarch64");
    var archive =
        Binaries.class.getResourceAsStream(
            "/postgres-" + system + (arm ? "-arm_64" : "-x86_64") + ".txz");
    if (archive != null) return archive;

    throw new PostgresStartException(
        "This build carries no PostgreSQL for "
            + System.getProperty("os.name")
            + " on "
            + System.getProperty("os.arch")
            + ": build it on this kind of machine,"
            + " or point KEYREEVE_DATABASE_URL to a PostgreSQL server.");
  }

  private static String version() {
    try (var resource = Binaries.class.getResourceAsStream("version.properties")) {
      var properties = new Properties();
      properties.load(resource);
      return properties.getProperty("postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
