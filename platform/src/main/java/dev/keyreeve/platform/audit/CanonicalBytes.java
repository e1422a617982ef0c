package dev.keyreeve.platform.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The one form in which something is hashed or signed: each field in UTF-8 behind its length in
/// four bytes, most significant first. No two lists of fields are the same bytes.
final class CanonicalBytes {
  private CanonicalBytes() {}

  /// @param what names the kind of thing and the version of its form, so that no kind passes for
  ///   another
  static byte[] of(String what, String... fields) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      write(what, out);
      for (var field : fields) write(field, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(String field, DataOutputStream out) throws IOException {
    var utf8 = field.getBytes(UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  /// The SHA-256, in hexadecimal.
  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
