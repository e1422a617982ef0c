package dev.keyreeve.directdebit.rail.gocardless;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.shape.Text;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What GoCardless signs the webhooks of one endpoint with; its characters are the key as they
/// stand. It prints as `[redacted]`.
@Text(max = 512)
public final class WebhookSecret {

  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

  private final byte[] bytes;

  private WebhookSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @throws IllegalArgumentException if it is empty or has more than 512 characters; the message
  ///   does not repeat it
  public static WebhookSecret parse(String text) {
    if (text.isEmpty() || text.length() > 512) {
      throw new IllegalArgumentException("A webhook secret has 1 to 512 characters.");
    }

    return new WebhookSecret(text.getBytes(UTF_8));
  }

  /// Whether `signature` is that of `body`: HMAC-SHA-256 in lower-case hexadecimal digits. Takes
  /// the same time for every signature of the right form.
  ///
  /// @param body as it came, before anything has read it
  /// @param signature the header `Webhook-Signature`; null if there is none
  public boolean signed(byte[] body, @Nullable String signature) {
    if (signature == null || !SIGNATURE.matcher(signature).matches()) return false;

    return MessageDigest.isEqual(hmac(body), HexFormat.of().parseHex(signature));
  }

  String reveal() {
    return new String(bytes, UTF_8);
  }

  private byte[] hmac(byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
