package dev.keyreeve.access.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PepperTest {
  private final Random random = new Random(4);

  @ParameterizedTest
  @CsvSource({
    "dd_live_11aB3cD4eF5gH0123456789ABCDEFGHIJKLMNOPQRSTUV2jIda2,"
        + " b3b33e08b251dfb6439405d112b71c0b5bb7436167e37d5aa4eeba8f9be1f25c",
    "dg_test_1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz02WqhT,"
        + " c944f6ee42ad7898a4a31df165740bdd570e012afd8830b12716c87849ac904e",
  })
  void digestsAsOthersDo(String text, String digest) {
    var bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;

    var digested = new Pepper(1, bytes).digest(Objects.requireNonNull(KeyToken.parse(text)));

    assertThat(HexFormat.of().formatHex(digested.toBytes())).isEqualTo(digest);
  }

  @Test
  void isTheHmacOfIdAndSecretUnderPeppersOfEveryLength() throws Exception {
    for (int length = 32; length <= 64; length++) {
      var bytes = new byte[length];
      random.nextBytes(bytes);
      var pepper = new Pepper(1, bytes);

      for (int i = 0; i < 300; i++) {
        var token = token();
        assertThat(pepper.digest(token).toBytes()).isEqualTo(hmac(bytes, token));
      }
    }
  }

  @Test
  void digestsCorrectlyOnManyThreadsAtOnce() throws Exception {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    var pepper = new Pepper(1, bytes);

    try (var threads = Executors.newFixedThreadPool(8)) {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (int thread = 0; thread < 8; thread++) {
        var tokens = new ArrayList<KeyToken>();
        for (int i = 0; i < 2_000; i++) tokens.add(token());
        tasks.add(
            () -> {
              for (var token : tokens) {
                if (!SecretDigest.of(hmac(bytes, token)).matches(pepper.digest(token)))
                  return false;
              }
              return true;
            });
      }

      for (var result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  @Test
  void namesItsVersionAndNothingElse() {
    var pepper = new Pepper(7, new byte[32]);

    assertThat(pepper.version()).isEqualTo(7);
    assertThat(pepper).hasToString("Pepper[version=7]");
    assertThat(pepper.digest(token())).hasToString("[digest]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 65})
  void isNeverShorterThan32BytesOrLongerThan64(int length) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pepper(1, new byte[length]));
  }

  @Test
  void givesADigestThatMatchesInEveryBitOrNotAtAll() {
    var digest = new Pepper(1, new byte[32]).digest(token());

    assertThat(digest.matches(SecretDigest.of(digest.toBytes()))).isTrue();
    for (int bit = 0; bit < 256; bit++) {
      var bytes = digest.toBytes();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(digest.matches(SecretDigest.of(bytes))).isFalse();
    }
  }

  private KeyToken token() {
    return KeyToken.issue("dd", Environment.LIVE, KeyId.random(random), random);
  }

  private static byte[] hmac(byte[] pepper, KeyToken token) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
    var text = token.secret().reveal();
    int end = text.length() - 6;
    return mac.doFinal(text.substring(end - 44, end).getBytes(US_ASCII));
  }
}
