package dev.keyreeve.platform.key;

import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// Keeps the pepper, away from the database that it protects. Lose it, and no key works any more.
public final class PepperFile {
  private static final int VERSION = 1;

  private PepperFile() {}

  /// Reads the pepper, or makes one at the first start.
  public static Pepper loadOrCreate(Path file) {
    var text = OwnerOnlyFile.readOrCreate(file, PepperFile::generate);
    return new Pepper(VERSION, Base64.getDecoder().decode(text.strip()));
  }

  private static String generate() {
    var bytes = new byte[Pepper.MIN_LENGTH];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes) + "\n";
  }
}
