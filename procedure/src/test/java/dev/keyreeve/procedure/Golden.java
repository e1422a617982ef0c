package dev.keyreeve.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;

/// Compares what is generated with a committed file. With `-Dkeyreeve.golden=write` the file is
/// written anew instead, for review as a diff.
@NullMarked
public final class Golden {
  static final boolean WRITES = "write".equals(System.getProperty("keyreeve.golden"));

  private Golden() {}

  /// @param committed relative to the module that is tested
  public static void assertMatches(Path committed, String generated) {
    try {
      if (WRITES) {
        Files.createDirectories(committed.toAbsolutePath().getParent());
        Files.writeString(committed, generated);
      }
      assertThat(generated)
          .as("%s; run the test with -Dkeyreeve.golden=write to write it anew", committed)
          .isEqualTo(Files.exists(committed) ? Files.readString(committed) : "");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Compares with a resource of this test, which stands beside it in the tree of resources.
  public static void assertMatches(Class<?> test, String resource, String generated) {
    var folder = test.getPackageName().replace('.', '/');
    assertMatches(Path.of("src/test/resources", folder, resource), generated);
  }
}
