package dev.keyreeve.server.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A class file, reduced to what it names: other classes, and members of theirs such as
/// `java.lang.System.out`.
record CompiledClass(String name, Set<String> uses, Set<String> members, Set<String> annotations) {

  /// A class name inside a descriptor or a generic signature, such as
  /// `Ljava/util/List<Ldev/keyreeve/access/Scope;>;`.
  private static final Pattern NAME = Pattern.compile("L((?:[\\w$]+/)+[\\w$]+)[;<]");

  private static final String ROOT = "dev/keyreeve";

  /// Reads the product's classes off the class path, wherever the build has put them: folders or
  /// jars, tests left out.
  static List<CompiledClass> ofProduct() {
    try {
      var classes = new ArrayList<CompiledClass>();
      for (URL root : Collections.list(CompiledClass.class.getClassLoader().getResources(ROOT))) {
        if (!isOfTests(root.getPath())) {
          classes.addAll(under(root.toURI()));
        }
      }
      return List.copyOf(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOfTests(String root) {
    return root.contains("test-classes") || root.contains("-tests.jar!");
  }

  static CompiledClass parse(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    var uses = new TreeSet<String>();
    var members = new TreeSet<String>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type when !type.asInternalName().startsWith("[") ->
            uses.add(dotted(type.asInternalName()));
        case MemberRefEntry member ->
            members.add(
                dotted(member.owner().asInternalName()) + "." + member.name().stringValue());
        case Utf8Entry text ->
            NAME.matcher(text.stringValue())
                .results()
                .forEach(match -> uses.add(dotted(match.group(1))));
        default -> {}
      }
    }
    var annotations = new TreeSet<String>();
    model
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .ifPresent(
            found ->
                found
                    .annotations()
                    .forEach(
                        annotation ->
                            NAME.matcher(annotation.className().stringValue())
                                .results()
                                .forEach(match -> annotations.add(dotted(match.group(1))))));
    return new CompiledClass(
        dotted(model.thisClass().asInternalName()), uses, members, annotations);
  }

  String packageName() {
    return packageOf(name);
  }

  static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  private static List<CompiledClass> under(URI root) throws IOException {
    if (!"jar".equals(root.getScheme())) {
      return read(Path.of(root));
    }
    try (var jar = FileSystems.newFileSystem(root, Map.of())) {
      return read(jar.getPath(ROOT));
    }
  }

  private static List<CompiledClass> read(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      var classes = new ArrayList<CompiledClass>();
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        classes.add(parse(Files.readAllBytes(file)));
      }
      return classes;
    }
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }
}
