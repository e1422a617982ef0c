package dev.keyreeve.access.credential;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// The checksum of a token, for tests that make tokens which no server would issue.
public final class Checksum {
  private Checksum() {}

  public static String of(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return Base62.encode(crc.getValue(), 6);
  }
}
