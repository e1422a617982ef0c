package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.procedure.shape.Format;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// The identity of an advice, by which a second delivery of it is known: a SHA-256 of its report
/// and of what it says, without account numbers and names, in 64 hexadecimal digits.
@Format(
    pattern = "^[0-9a-f]{64}$",
    example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
public record AdviceKey(String text) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public AdviceKey {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("An advice's key is 64 hexadecimal digits.");
    }
  }

  public static AdviceKey parse(String text) {
    return new AdviceKey(text);
  }

  /// @param parts what tells the advice from every other one; they are hashed with their lengths,
  ///   so that no two lists of parts have the same key
  public static AdviceKey of(List<String> parts) {
    var digest = sha256();
    for (var part : parts) {
      var bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return new AdviceKey(HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
