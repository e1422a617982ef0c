package dev.keyreeve.platform.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldCipherTest {

  private static final Cell CELL = new Cell("bank_account", "account_number", "bac_1");
  private static final byte[] VALUE = "12345678".getBytes(UTF_8);

  @TempDir Path directory;
  private Path file;
  private FieldCipher cipher;

  @BeforeEach
  void createKeys() {
    file = directory.resolve("field.keys");
    cipher = new FieldCipher(FieldKeys.loadOrCreate(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345678", "Zoë"})
  void opensWhatItSealed(String text) {
    var sealed = cipher.seal(text.getBytes(UTF_8), CELL);

    assertThat(cipher.open(sealed, CELL)).asString(UTF_8).isEqualTo(text);
  }

  @Test
  void writesVersionKeyNonceCiphertextAndTag() {
    var sealed = cipher.seal(VALUE, CELL);

    assertThat(sealed).hasSize(1 + 1 + 12 + VALUE.length + 16).startsWith(1, 1);
  }

  @Test
  void sealsTheSameValueDifferentlyEachTime() {
    assertThat(cipher.seal(VALUE, CELL)).isNotEqualTo(cipher.seal(VALUE, CELL));
  }

  @Test
  void noticesAChangeOfAnyBit() {
    var sealed = cipher.seal(VALUE, CELL);

    for (var i = 0; i < 8 * sealed.length; i++) {
      var changed = sealed.clone();
      changed[i / 8] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> cipher.open(changed, CELL))
          .as("bit %d", i)
          .isInstanceOf(UnreadableField.class);
    }
  }

  @Test
  void noticesEveryTruncationAndAnAddition() {
    var sealed = cipher.seal(VALUE, CELL);

    for (var length = 0; length < sealed.length; length++) {
      var cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> cipher.open(cut, CELL))
          .as("%d bytes", length)
          .isInstanceOf(UnreadableField.class);
    }
    assertThatThrownBy(() -> cipher.open(Arrays.copyOf(sealed, sealed.length + 1), CELL))
        .isInstanceOf(UnreadableField.class);
  }

  static Stream<Cell> otherCells() {
    return Stream.of(
        new Cell("payer", "account_number", "bac_1"),
        new Cell("bank_account", "sort_code", "bac_1"),
        new Cell("bank_account", "account_number", "bac_2"),
        new Cell("bank_accounta", "ccount_number", "bac_1"),
        new Cell("bank_account", "account_numberbac_1", ""));
  }

  @ParameterizedTest
  @MethodSource("otherCells")
  void opensInItsOwnCellAlone(Cell other) {
    var sealed = cipher.seal(VALUE, CELL);

    assertThatThrownBy(() -> cipher.open(sealed, other)).isInstanceOf(UnreadableField.class);
  }

  @Test
  void theKeysOutliveARestart() {
    var sealed = cipher.seal(VALUE, CELL);

    var restarted = new FieldCipher(FieldKeys.loadOrCreate(file));

    assertThat(restarted.open(sealed, CELL)).isEqualTo(VALUE);
  }

  @Test
  void aNewKeySealsAndTheOldOneStillOpens() throws IOException {
    var old = cipher.seal(VALUE, CELL);

    append("cipher 200 " + key(7) + "\n");
    var rotated = new FieldCipher(FieldKeys.loadOrCreate(file));

    assertThat(rotated.open(old, CELL)).isEqualTo(VALUE);
    var sealed = rotated.seal(VALUE, CELL);
    assertThat(sealed).startsWith(1, 200);
    assertThat(rotated.open(sealed, CELL)).isEqualTo(VALUE);
    assertThatThrownBy(() -> cipher.open(sealed, CELL))
        .isInstanceOf(UnreadableField.class)
        .hasMessageContaining("no key 200");
  }

  @Test
  void twoInstallationsCannotReadEachOther() {
    var other = new FieldCipher(FieldKeys.loadOrCreate(directory.resolve("other.keys")));

    assertThatThrownBy(() -> other.open(cipher.seal(VALUE, CELL), CELL))
        .isInstanceOf(UnreadableField.class);
  }

  @Test
  void theKeyFileIsItsOwnersAlone() throws IOException {
    assertThat(permissions()).isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
  void refusesAKeyFileThatIsOpenToOthers(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> FieldKeys.loadOrCreate(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chmod 600");
  }

  static Stream<String> brokenLines() {
    return Stream.of(
        "cipher 1 " + key(1), // the id is taken
        "cipher 0 " + key(1),
        "cipher 256 " + key(1),
        "cipher 2 AAAA",
        "cipher 2 ?" + key(1),
        "cipher two " + key(1),
        "cipher " + key(1),
        "fingerprint " + key(1), // there is one already
        "secret 2 " + key(1));
  }

  @ParameterizedTest
  @MethodSource("brokenLines")
  void namesABrokenLineWithoutQuotingIt(String line) throws IOException {
    append(line);

    assertThatThrownBy(() -> FieldKeys.loadOrCreate(file))
        .isInstanceOf(IllegalStateException.class)
        .hasNoCause()
        .hasMessageStartingWith("Line 5")
        .hasMessageNotContaining(key(1));
  }

  @Test
  void doesNotReplaceAFileThatLacksItsKeys() throws IOException {
    Files.writeString(file, "");

    assertThatThrownBy(() -> FieldKeys.loadOrCreate(file)).hasMessageContaining("lacks a key");
    assertThat(file).isEmptyFile();
  }

  @Test
  void printsNoKey() {
    assertThat(FieldKeys.loadOrCreate(file)).hasToString("FieldKeys[1]");
  }

  @Test
  void aFingerprintIsEqualForEqualPartsUnderOneKey() {
    var fingerprint = new Fingerprint(FieldKeys.loadOrCreate(file));
    var elsewhere = new Fingerprint(FieldKeys.loadOrCreate(directory.resolve("other.keys")));

    assertThat(fingerprint.of("a", "bc")).hasSize(32).isEqualTo(fingerprint.of("a", "bc"));
    assertThat(fingerprint.of("a", "bc")).isNotEqualTo(fingerprint.of("ab", "c"));
    assertThat(fingerprint.of("a", "bc")).isNotEqualTo(fingerprint.of("a", "bd"));
    assertThat(fingerprint.of("a", "bc")).isNotEqualTo(elsewhere.of("a", "bc"));
  }

  private void append(String line) throws IOException {
    Files.writeString(file, line, StandardOpenOption.APPEND);
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String key(int fill) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
