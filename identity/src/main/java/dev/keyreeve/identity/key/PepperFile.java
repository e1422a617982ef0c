package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;

/// Keeps the peppers, away from the database that they protect. Lose them, and no key works any
/// more.
///
/// A line for each: its version, a colon and its bytes in base64. A line without a version is
/// version 1. To replace a pepper, add a line with the next version; keys move to it as they are
/// used. There may be two lines.
public final class PepperFile {
  private static final int MOST = 2;

  private PepperFile() {}

  /// Reads the peppers, or makes one at the first start.
  ///
  /// @throws IllegalStateException if the file does not hold one or two peppers
  public static Peppers loadOrCreate(Path file) {
    var text = OwnerOnlyFile.readOrCreate(file, PepperFile::generate);
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message may quote a pepper.
      throw new IllegalStateException(
          "The file "
              + file
              + " must hold one or two peppers, each in a line such as '2:' and 44 characters of"
              + " base64, with different versions.");
    }
  }

  private static Peppers parse(String text) {
    var peppers = new ArrayList<Pepper>();
    for (var line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
      int colon = line.indexOf(':');
      int version = colon < 0 ? 1 : Integer.parseInt(line.substring(0, colon));
      peppers.add(new Pepper(version, Base64.getDecoder().decode(line.substring(colon + 1))));
    }
    if (peppers.isEmpty() || peppers.size() > MOST) {
      throw new IllegalArgumentException("one or two peppers");
    }
    peppers.sort(Comparator.comparingInt(Pepper::version).reversed());
    return new Peppers(peppers.getFirst(), peppers.size() == 1 ? null : peppers.getLast());
  }

  private static String generate() {
    var bytes = new byte[Pepper.MIN_LENGTH];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes) + "\n";
  }
}
