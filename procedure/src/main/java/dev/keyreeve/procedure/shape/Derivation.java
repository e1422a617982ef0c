package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.io.SerializedString;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Derives one shape, and the shapes below it, from Java types.
///
/// Type variables are bound on the way down: the arguments of a generic record are derived first,
/// then its components with each variable standing for a shape. A record met while it is still
/// being derived contains itself.
final class Derivation {
  private static final List<Class<? extends Annotation>> LIMITS =
      List.of(Text.class, Range.class, Items.class, Media.class);

  private final Set<Class<?>> unfinished = new HashSet<>();

  Shape<?> derive(Class<?> type, List<Shape<?>> arguments) {
    try {
      return ofClass(type, arguments, type);
    } catch (IllegalArgumentException fault) {
      throw Misfit.at(type.getSimpleName(), fault);
    }
  }

  private Shape<?> ofClass(Class<?> type, List<Shape<?>> arguments, AnnotatedElement limits) {
    if (type == Content.class) {
      only(Media.class, limits);
      return ContentShape.of(limits.getAnnotation(Media.class));
    }
    if (!type.isRecord() || parserOf(type) != null) return ofSimple(type, limits);

    only(null, limits);
    return ofRecord(type, arguments);
  }

  private <T> Shape<T> ofRecord(Class<T> type, List<Shape<?>> arguments) {
    var variables = type.getTypeParameters();
    if (variables.length != arguments.size()) {
      throw new IllegalArgumentException(
          "%s takes %d type arguments, not %d"
              .formatted(type.getSimpleName(), variables.length, arguments.size()));
    }
    if (!unfinished.add(type)) {
      throw new IllegalArgumentException(type.getSimpleName() + " contains itself");
    }

    var bound = new HashMap<TypeVariable<?>, Shape<?>>();
    for (int i = 0; i < variables.length; i++) bound.put(variables[i], arguments.get(i));
    var components =
        Arrays.stream(type.getRecordComponents()).map(each -> component(each, bound)).toList();
    unfinished.remove(type);

    return new RecordShape<>(nameOf(type, arguments), type, components, constructorOf(type));
  }

  // The accessor answers with a value of the component's type, which is what the shape is of.
  @SuppressWarnings("unchecked")
  private RecordShape.Component component(
      RecordComponent component, Map<TypeVariable<?>, Shape<?>> bound) {
    var type = component.getAnnotatedType();
    boolean nullable = type.isAnnotationPresent(Nullable.class);
    boolean secret = type.getType() == OneTime.class;
    boolean patches = isPatch(type);
    boolean required = !nullable && !patches;
    try {
      var shape =
          secret
              ? ofSecret(required, type)
              : patches
                  ? ofPatch(nullable, (AnnotatedParameterizedType) type, bound)
                  : of(type, bound);
      return new RecordShape.Component(
          new SerializedString(nameOf(component)),
          (Shape<Object>) shape,
          required,
          secret,
          unwrapped(component, (Shape<Object>) shape, required),
          Call.to(component.getAccessor()));
    } catch (IllegalArgumentException fault) {
      throw Misfit.at(
          component.getDeclaringRecord().getSimpleName() + "." + component.getName(), fault);
    }
  }

  private static @Nullable RecordShape<Object> unwrapped(
      RecordComponent component, Shape<Object> shape, boolean required) {
    if (!component.isAnnotationPresent(Unwrapped.class)) return null;
    if (required && shape instanceof RecordShape<Object> record) return record;

    throw new IllegalArgumentException("only a record that is never absent can be unwrapped");
  }

  private static String nameOf(RecordComponent component) {
    return component.getDeclaringRecord().isAnnotationPresent(SnakeCase.class)
        ? component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT)
        : component.getName();
  }

  private static Shape<OneTime> ofSecret(boolean required, AnnotatedElement limits) {
    if (required) {
      throw new IllegalArgumentException("a OneTime is @Nullable, because it is not stored");
    }
    only(null, limits);
    return TextShape.ofOneTime();
  }

  private static boolean isPatch(AnnotatedType type) {
    return type.getType() instanceof ParameterizedType generic
        && generic.getRawType() == Patch.class;
  }

  private Shape<?> ofPatch(
      boolean nullable, AnnotatedParameterizedType type, Map<TypeVariable<?>, Shape<?>> bound) {
    if (nullable) {
      throw new IllegalArgumentException("a Patch is Absent, and for that not @Nullable");
    }
    only(null, type);
    checkArguments(type);
    return new PatchShape<>(of(type.getAnnotatedActualTypeArguments()[0], bound));
  }

  private static void checkArguments(AnnotatedParameterizedType type) {
    var arguments = type.getAnnotatedActualTypeArguments();
    if (Arrays.stream(arguments).anyMatch(each -> each.isAnnotationPresent(Nullable.class))) {
      throw new IllegalArgumentException(
          "what is inside " + type.getType().getTypeName() + " cannot be absent");
    }
  }

  private Shape<?> of(AnnotatedType annotated, Map<TypeVariable<?>, Shape<?>> bound) {
    return switch (annotated.getType()) {
      case Class<?> type -> ofClass(type, List.of(), annotated);
      case ParameterizedType type ->
          ofGeneric((Class<?>) type.getRawType(), (AnnotatedParameterizedType) annotated, bound);
      case TypeVariable<?> variable -> {
        only(null, annotated);
        yield Objects.requireNonNull(bound.get(variable));
      }
      case Type type -> throw noShape(type);
    };
  }

  private Shape<?> ofGeneric(
      Class<?> raw, AnnotatedParameterizedType type, Map<TypeVariable<?>, Shape<?>> bound) {
    checkArguments(type);
    var arguments = type.getAnnotatedActualTypeArguments();
    if (raw == List.class) {
      only(Items.class, type);
      return new ListShape<>(of(arguments[0], bound), Count.of(type.getAnnotation(Items.class)));
    }
    if (raw == Map.class
        && Arrays.stream(arguments).allMatch(each -> each.getType() == String.class)) {
      only(Items.class, type);
      return new MapShape(
          TextLimits.of(arguments[0].getAnnotation(Text.class)),
          TextLimits.of(arguments[1].getAnnotation(Text.class)),
          Count.of(type.getAnnotation(Items.class)));
    }
    if (!raw.isRecord()) throw noShape(type.getType());

    var shapes = new ArrayList<Shape<?>>();
    for (var argument : arguments) shapes.add(of(argument, bound));
    return ofClass(raw, shapes, type);
  }

  // That an enum's class is a Class<E extends Enum<E>> cannot be said of a Class<?>.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Shape<?> ofSimple(Class<?> type, AnnotatedElement limits) {
    if (type == String.class) {
      only(Text.class, limits);
      return TextShape.of(TextLimits.of(limits.getAnnotation(Text.class)));
    }
    if (type == int.class || type == Integer.class) {
      only(Range.class, limits);
      return IntegerShape.ofInt(limits.getAnnotation(Range.class));
    }
    if (type == long.class || type == Long.class) {
      only(Range.class, limits);
      return IntegerShape.ofLong(limits.getAnnotation(Range.class));
    }
    only(null, limits);
    if (type == boolean.class || type == Boolean.class) return new BooleanShape();
    if (type == LocalDate.class) return TextShape.ofDate();
    if (type == Instant.class) return TextShape.ofTimestamp();
    if (type.isEnum()) return new ChoiceShape(type);

    var parser = parserOf(type);
    if (parser == null) throw noShape(type);
    return ofValue(type, Call.to(parser));
  }

  private static <T> Shape<T> ofValue(Class<T> type, Call parser) {
    return TextShape.ofValue(
        type,
        type.getAnnotation(Format.class),
        TextLimits.ofValue(type.getAnnotation(Text.class)),
        text -> Objects.requireNonNull(type.cast(parser.with(text))));
  }

  private static @Nullable Method parserOf(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals("parse") && method.getReturnType() == type)
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
        .filter(
            method ->
                Modifier.isStatic(method.getModifiers())
                    && Modifier.isPublic(method.getModifiers()))
        .findFirst()
        .orElse(null);
  }

  private static Call constructorOf(Class<?> type) {
    var parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return Call.to(type.getDeclaredConstructor(parameters));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record has its canonical constructor", e);
    }
  }

  private static String nameOf(Class<?> type, List<Shape<?>> arguments) {
    return arguments.isEmpty()
        ? type.getSimpleName()
        : type.getSimpleName()
            + "Of"
            + arguments.stream()
                .map(each -> wordFor(each.form()))
                .collect(Collectors.joining("And"));
  }

  private static String wordFor(Form form) {
    return switch (form) {
      case Form.Named named -> named.name();
      case Form.ValueForm value -> value.type().getSimpleName();
      case Form.ListForm list -> "ListOf" + wordFor(list.item());
      case Form.ClearableForm clearable -> wordFor(clearable.form());
      case Form.MapForm _ -> "Map";
      case Form.ContentForm _ -> "Content";
      case Form.TextForm _ -> "Text";
      case Form.IntegerForm _ -> "Integer";
      case Form.BooleanForm _ -> "Boolean";
      case Form.DateForm _ -> "Date";
      case Form.TimestampForm _ -> "Timestamp";
    };
  }

  private static void only(@Nullable Class<? extends Annotation> allowed, AnnotatedElement limits) {
    for (var limit : LIMITS) {
      if (limit != allowed && limits.isAnnotationPresent(limit)) {
        throw new IllegalArgumentException("@" + limit.getSimpleName() + " does not apply here");
      }
    }
  }

  private static IllegalArgumentException noShape(Type type) {
    return new IllegalArgumentException(type.getTypeName() + " has no shape");
  }

  /// A fault with its place: the innermost component, for the records around it add nothing.
  private static final class Misfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private Misfit(String message, IllegalArgumentException cause) {
      super(message, cause);
    }

    static Misfit at(String place, IllegalArgumentException fault) {
      return fault instanceof Misfit placed
          ? placed
          : new Misfit(place + ": " + fault.getMessage(), fault);
    }
  }
}
