package dev.keyreeve.server.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// The product's files, wherever the build has put them: folders or jars, tests left out.
final class ClassPath {
  private ClassPath() {}

  /// What is read of all files below a folder that end in a certain way.
  static <T> List<T> read(String folder, String end, Function<byte[], T> reading) {
    try {
      var read = new ArrayList<T>();
      for (URL root : Collections.list(ClassPath.class.getClassLoader().getResources(folder))) {
        if (!isOfTests(root.getPath())) {
          for (var file : under(root.toURI(), folder, end)) read.add(reading.apply(file));
        }
      }
      return List.copyOf(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOfTests(String root) {
    return root.contains("test-classes") || root.contains("-tests.jar!");
  }

  private static List<byte[]> under(URI root, String folder, String end) throws IOException {
    if (!"jar".equals(root.getScheme())) {
      return files(Path.of(root), end);
    }
    try (var jar = FileSystems.newFileSystem(root, Map.of())) {
      return files(jar.getPath(folder), end);
    }
  }

  private static List<byte[]> files(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      var contents = new ArrayList<byte[]>();
      for (Path file : files.filter(path -> path.toString().endsWith(end)).toList()) {
        contents.add(Files.readAllBytes(file));
      }
      return contents;
    }
  }
}
