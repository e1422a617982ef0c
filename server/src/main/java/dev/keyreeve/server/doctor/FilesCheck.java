package dev.keyreeve.server.doctor;

import static dev.keyreeve.server.doctor.Finding.failed;
import static dev.keyreeve.server.doctor.Finding.good;
import static dev.keyreeve.server.doctor.Finding.warning;

import com.sun.security.auth.module.UnixSystem;
import dev.keyreeve.identity.key.PepperFile;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.server.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The data directory and the secrets, which nobody but their owner may read.
final class FilesCheck {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final long MIB = 1024L * 1024;
  private static final long SCARCE_BYTES = 1024 * MIB;
  private static final long TOO_FEW_BYTES = 100 * MIB;

  private final Settings settings;

  FilesCheck(Settings settings) {
    this.settings = settings;
  }

  List<Finding> examine() {
    return List.of(directory(), space(), pepper(), fieldKeys());
  }

  private Finding directory() {
    var subject = "data directory";
    var directory = settings.dataDirectory();
    if (Files.notExists(directory)) {
      return Files.isWritable(ancestor(directory))
          ? good(subject, directory + " is made at the first start.")
          : failed(subject, directory + " does not exist, and cannot be made.");
    }
    try {
      if ((int) Files.getAttribute(directory, "unix:uid") != new UnixSystem().getUid()) {
        var owner = Files.getOwner(directory).getName();
        return failed(subject, directory + " belongs to " + owner + ".");
      }
      return OWNER_ONLY.containsAll(Files.getPosixFilePermissions(directory))
          ? good(subject, directory + " is for its owner alone.")
          : failed(subject, directory + " is open to others: chmod 700 " + directory);
    } catch (IOException e) {
      return failed(subject, directory + " cannot be looked at.");
    }
  }

  private Finding space() {
    var subject = "disk space";
    try {
      long bytes = Files.getFileStore(ancestor(settings.dataDirectory())).getUsableSpace();
      var message = bytes / MIB + " MiB are free for the data directory.";
      if (bytes < TOO_FEW_BYTES) return failed(subject, message);
      return bytes < SCARCE_BYTES ? warning(subject, message) : good(subject, message);
    } catch (IOException e) {
      return warning(subject, "The free space cannot be told.");
    }
  }

  /// The directory itself, or the nearest above it that exists.
  private static Path ancestor(Path directory) {
    var path = directory.toAbsolutePath();
    while (Files.notExists(path) && path.getParent() != null) path = path.getParent();
    return path;
  }

  private Finding pepper() {
    var subject = "pepper";
    if (settings.secrets().pepper() != null) {
      return good(subject, "It is given in the environment or the file of settings.");
    }
    return secret(
        subject,
        settings.secrets().pepperFile(),
        "keys that were issued under another do not work",
        PepperFile::loadOrCreate);
  }

  private Finding fieldKeys() {
    return secret(
        "field keys",
        settings.secrets().fieldKeysFile(),
        "account numbers that were sealed with others are lost",
        FieldKeys::loadOrCreate);
  }

  /// @param loss what it means that there is none
  /// @param read fails where the file cannot be used
  private static Finding secret(String subject, Path file, String loss, Consumer<Path> read) {
    if (Files.notExists(file)) {
      return warning(
          subject,
          file
              + " is made at the first start. If this is not the first, restore it: "
              + loss
              + ".");
    }
    try {
      read.accept(file);
      return good(subject, file + " can be read by its owner alone.");
    } catch (IllegalStateException e) {
      return failed(subject, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Its message may quote the file.
      return failed(subject, file + " cannot be read, or holds something else.");
    }
  }
}
