package dev.keyreeve.procedure.shape;

import java.util.List;
import java.util.function.Function;

/// Where shapes come from.
///
/// | Java | JSON |
/// |---|---|
/// | record | object with one field for each component; a `@Nullable` one may be absent, an [Unwrapped] one lends its fields |
/// | `String`, limited by [Text] | string |
/// | `int`, `long`, limited by [Range] | number without fraction and exponent |
/// | `boolean` | boolean |
/// | `LocalDate`, `Instant` | string of RFC 3339 |
/// | enum | string: the constant's name in lower case |
/// | `List`, `Map<String, String>`, limited by [Items] | list, object |
/// | class or record with `public static T parse(String)` | string, written by `toString` |
/// | [OneTime] | string, never stored |
/// | [Content], described by [Media] | object that holds base64 |
/// | [Patch] of any of these, as a component | the same or null, and never required |
public final class Shapes {
  private Shapes() {}

  /// The shape of a type.
  ///
  /// @throws IllegalArgumentException if the type, or a component anywhere below it, has no shape
  public static <T> Shape<T> of(Class<T> type) {
    return of(type, new Shape<?>[0]);
  }

  /// The shape of a generic record. The compiler cannot tell whether the arguments are those of
  /// `T`, so a generic record does well to offer its shape itself: `static <T> Shape<Page<T>>
  /// of(Shape<T> item) { return Shapes.of(Page.class, item); }`.
  ///
  /// @throws IllegalArgumentException if the type, or a component anywhere below it, has no shape
  @SuppressWarnings("unchecked") // Derivation answers with a shape of the class that it is given.
  public static <T> Shape<T> of(Class<? super T> generic, Shape<?>... arguments) {
    return (Shape<T>) new Derivation().derive(generic, List.of(arguments));
  }

  /// The shape of an answer that is one content, of one of these media types.
  public static Shape<Content> ofContent(String... mediaTypes) {
    return new ContentShape(List.of(mediaTypes), Integer.MAX_VALUE);
  }

  /// The shape of something of which only this part shows. It writes, and never reads.
  public static <U, T> Shape<U> ofPart(Shape<T> part, Function<U, T> partOf) {
    return new PartShape<>(part, partOf);
  }
}
