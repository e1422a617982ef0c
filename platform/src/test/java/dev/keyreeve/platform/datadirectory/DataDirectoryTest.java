package dev.keyreeve.platform.datadirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;

  @Test
  void isCreatedForItsOwnerAlone() throws Exception {
    var path = temporary.resolve("some/where");

    DataDirectory.open(path).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void closesAnEmptyDirectoryToOtherUsers() throws Exception {
    var path = openToAll();

    DataDirectory.open(path).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void doesNotTakeOverADirectoryThatOthersUse() throws Exception {
    var path = openToAll();
    Files.createFile(path.resolve("something"));

    assertThatThrownBy(() -> DataDirectory.open(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("open to other users")
        .hasMessageContaining("chmod 700 " + path.toRealPath());
  }

  @Test
  void isRefusedToASecondServer() throws Exception {
    try (var held = DataDirectory.open(temporary)) {
      assertThatThrownBy(() -> DataDirectory.open(temporary))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining(held.path().toString())
          .hasMessageContaining(
              "in use by another server (process " + ProcessHandle.current().pid() + ")");
    }
  }

  @Test
  void isFreeOnceItIsClosed() {
    DataDirectory.open(temporary).close();

    DataDirectory.open(temporary).close();
  }

  private Path openToAll() throws Exception {
    var path = Files.createDirectory(temporary.resolve("open"));
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
