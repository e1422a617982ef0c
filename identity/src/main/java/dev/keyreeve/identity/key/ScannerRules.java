package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/// How scanners for secrets find keys, as the files that they read. An expression finds what has
/// the form of a key; the checksum, which none of these files can express, tells which of that is
/// one.
public final class ScannerRules {
  /// Of the keys that are written down as examples: they were never issued.
  private static final long EXAMPLES = 1;

  private ScannerRules() {}

  /// What a key of this brand looks like, for expressions of any kind (RE2, Hyperscan, Java).
  public static String expression(String brand) {
    // Asked, so that it cannot differ from what is issued.
    for (var environment : Environment.values()) KeyToken.prefix(brand, environment);
    return brand + "_(?:live|test)_1[0-9A-Za-z]{" + (KeyToken.BODY_LENGTH - 1) + "}";
  }

  /// A configuration of gitleaks, to be merged or named with `--config`.
  public static String gitleaks(Collection<String> brands) {
    var file =
        new StringBuilder(
            """
            # Rules of gitleaks for Keyreeve keys. Written from the code; do not edit.

            title = "Keyreeve"
            """);
    for (var brand : brands) {
      file.append(
          """

          [[rules]]
          id = "keyreeve-%1$s"
          description = "Keyreeve API key (%1$s)"
          regex = '''\\b(%2$s)\\b'''
          secretGroup = 1
          keywords = ["%1$s_live_", "%1$s_test_"]
          """
              .formatted(brand, expression(brand)));
    }
    return file.toString();
  }

  /// The fields of GitHub's form for a custom pattern.
  public static String github(Collection<String> brands) {
    var file =
        new StringBuilder(
            """
            Custom patterns of GitHub secret scanning for Keyreeve keys. Written from the code; do not edit.
            """);
    for (var brand : brands) {
      var example = examples(brand).getFirst();
      file.append(
          """

          Pattern name:   Keyreeve API key (%1$s)
          Secret format:  %2$s
          Before secret:  \\A|[^0-9A-Za-z_]
          After secret:   \\z|[^0-9A-Za-z_]
          Test string:    %3$s
          """
              .formatted(brand, expression(brand), example));
    }
    return file.toString();
  }

  /// A configuration of trufflehog with a custom detector for each brand.
  public static String trufflehog(Collection<String> brands) {
    var file =
        new StringBuilder(
            """
            # Custom detectors of trufflehog for Keyreeve keys. Written from the code; do not edit.
            detectors:
            """);
    for (var brand : brands) {
      file.append(
          """
            - name: keyreeve-%1$s
              description: Keyreeve API key (%1$s)
              keywords:
                - %1$s_live_
                - %1$s_test_
              regex:
                key: '\\b(%2$s)\\b'
          """
              .formatted(brand, expression(brand)));
    }
    return file.toString();
  }

  /// Texts to try a checksum with, one a line: `valid` or `invalid`, then the text.
  public static String vectors(Collection<String> brands) {
    var file =
        new StringBuilder(
            """
            # Keys that were never issued, and texts that are none. Written from the code; do not edit.
            """);
    for (var brand : brands) {
      for (var valid : examples(brand)) {
        file.append("valid   ").append(valid).append('\n');
        file.append("invalid ").append(withOtherEnd(valid)).append('\n');
        file.append("invalid ").append(withOtherEnvironment(valid)).append('\n');
      }
    }
    return file.toString();
  }

  private static List<String> examples(String brand) {
    var random = new Random(EXAMPLES);
    var examples = new ArrayList<String>();
    for (var environment : Environment.values()) {
      var token = KeyToken.issue(brand, environment, KeyId.random(random), random);
      examples.add(token.secret().reveal());
    }
    return examples;
  }

  private static String withOtherEnd(String key) {
    int last = key.length() - 1;
    return key.substring(0, last) + (key.charAt(last) == '0' ? '1' : '0');
  }

  /// The checksum covers the environment, so that a test key cannot be made to look live.
  private static String withOtherEnvironment(String key) {
    return key.contains("_live_")
        ? key.replace("_live_", "_test_")
        : key.replace("_test_", "_live_");
  }
}
