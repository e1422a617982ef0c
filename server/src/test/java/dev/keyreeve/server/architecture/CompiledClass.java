package dev.keyreeve.server.architecture;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A class file, reduced to what it names: other classes, and members of theirs such as
/// `java.lang.System.out`; and to the texts that stand in it.
record CompiledClass(
    String name,
    Set<String> uses,
    Set<String> members,
    Set<String> annotations,
    Set<String> texts) {

  /// A class name inside a descriptor or a generic signature, such as
  /// `Ljava/util/List<Ldev/keyreeve/access/Scope;>;`.
  private static final Pattern NAME = Pattern.compile("L((?:[\\w$]+/)+[\\w$]+)[;<]");

  /// Reads the product's classes off the class path.
  static List<CompiledClass> ofProduct() {
    return ClassPath.read("dev/keyreeve", ".class", CompiledClass::parse);
  }

  static CompiledClass parse(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    var uses = new TreeSet<String>();
    var members = new TreeSet<String>();
    var texts = new TreeSet<String>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type when !type.asInternalName().startsWith("[") ->
            uses.add(dotted(type.asInternalName()));
        case MemberRefEntry member ->
            members.add(
                dotted(member.owner().asInternalName()) + "." + member.name().stringValue());
        case StringEntry text -> texts.add(text.stringValue());
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
        dotted(model.thisClass().asInternalName()), uses, members, annotations, texts);
  }

  String packageName() {
    return packageOf(name);
  }

  static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }
}
