package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.Faults;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An element of a report. What is read of it is handed out as suppliers, so that all its faults
/// are found before anything is [built][#build] of it. What nobody asks for is ignored.
final class Element {

  private final String name;
  private final int line;
  private final Faults faults;
  private final @Nullable Element parent;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Element> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean sound = true;

  Element(String name, int line, Faults faults, @Nullable Element parent) {
    this.name = name;
    this.line = line;
    this.faults = faults;
    this.parent = parent;
    if (parent != null) parent.children.add(this);
  }

  String name() {
    return name;
  }

  /// An element inside this one, at any depth: `path` names those on the way, with `/` between.
  Optional<Element> find(String path) {
    return findAll(path).stream().findFirst();
  }

  List<Element> findAll(String path) {
    var found = List.of(this);
    for (var step : path.split("/", -1)) {
      found =
          found.stream()
              .flatMap(each -> each.children.stream())
              .filter(each -> each.name.equals(step))
              .toList();
    }
    return found;
  }

  List<Element> children() {
    return children;
  }

  /// Like [#find], but the absence is a fault of this element; what comes in its place has no
  /// parts, and nobody is told of faults in it.
  Element require(String path) {
    return find(path)
        .orElseGet(
            () -> {
              fault("lacks " + path);
              return new Element(path, line, new Faults(), null);
            });
  }

  <T> Supplier<T> attribute(String attribute, Function<String, T> parser) {
    return required(attribute, attributes.get(attribute), parser);
  }

  /// Like [#attribute], but null where the attribute is missing or blank.
  <T> Supplier<@Nullable T> optionalAttribute(String attribute, Function<String, T> parser) {
    return optional(attribute, attributes.get(attribute), parser);
  }

  /// What an attribute says, as it is; empty where it is missing.
  String words(String attribute) {
    return attributes.getOrDefault(attribute, "").strip();
  }

  /// Finds fault with an attribute that is there and says anything else.
  void expect(String attribute, String value) {
    if (!attributes.getOrDefault(attribute, value).strip().equals(value)) {
      fault("has a " + attribute + " that is not " + value);
    }
  }

  /// The text of an element inside this one, by its [path][#find].
  <T> Supplier<T> text(String path, Function<String, T> parser) {
    return required(path, textOf(path), parser);
  }

  /// Like [#text], but null where the element is missing or blank.
  <T> Supplier<@Nullable T> optionalText(String path, Function<String, T> parser) {
    return optional(path, textOf(path), parser);
  }

  /// The text of this element itself.
  <T> Supplier<T> ownText(Function<String, T> parser) {
    return parse("text", text.toString(), parser);
  }

  int textLength() {
    return text.length();
  }

  /// What becomes of the parts that were read; empty if something in this element was at fault, or
  /// if the parts do not go together.
  <T> Optional<T> build(Supplier<T> whole) {
    if (!sound) return Optional.empty();

    try {
      return Optional.of(whole.get());
    } catch (IllegalArgumentException | ArithmeticException e) {
      fault("is at fault: " + e.getMessage());
      return Optional.empty();
    }
  }

  void fault(String problem) {
    faults.add(line, name + " " + problem);
    for (var each = this; each != null; each = each.parent) each.sound = false;
  }

  void put(String attribute, String value) {
    attributes.put(attribute, Words.withoutControls(value));
  }

  void append(String more) {
    text.append(Words.withoutControls(more));
  }

  private @Nullable String textOf(String path) {
    return find(path).map(each -> each.text.toString()).orElse(null);
  }

  private <T> Supplier<T> required(
      String part, @Nullable String value, Function<String, T> parser) {
    if (value == null) {
      fault("lacks " + part);
      return new Faulty<>();
    }
    return parse(part, value, parser);
  }

  private <T> Supplier<@Nullable T> optional(
      String part, @Nullable String value, Function<String, T> parser) {
    if (value == null || value.isBlank()) return () -> null;

    return this.<@Nullable T>parse(part, value, parser);
  }

  /// The words of a fault never repeat the value, so neither must the parser's.
  private <T extends @Nullable Object> Supplier<T> parse(
      String part, String value, Function<String, ? extends T> parser) {
    try {
      T parsed = parser.apply(value.strip());
      return () -> parsed;
    } catch (NumberFormatException | DateTimeException e) {
      fault("has a " + part + " that cannot be read");
    } catch (IllegalArgumentException e) {
      fault("has a " + part + " that cannot be read: " + e.getMessage());
    }
    return new Faulty<>();
  }

  /// A part that could not be read. Nobody asks for it, since its element is not built.
  private record Faulty<T extends @Nullable Object>() implements Supplier<T> {
    @Override
    public T get() {
      throw new IllegalStateException("a part that could not be read is asked for");
    }
  }
}
