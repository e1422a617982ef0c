package dev.keyreeve.procedure.shape;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// A constructor, accessor or parser that is found by reflection once and called without it.
/// Records and value types may be private to their package.
final class Call {
  private static final MethodType ONE_TO_ONE = MethodType.genericMethodType(1);

  private final MethodHandle handle;

  private Call(MethodHandle handle) {
    this.handle = handle.asType(ONE_TO_ONE);
  }

  /// Its argument is the array of the constructor's.
  static Call to(Constructor<?> constructor) {
    try {
      constructor.setAccessible(true);
      var handle = MethodHandles.lookup().unreflectConstructor(constructor).asFixedArity();
      return new Call(
          handle
              .asType(MethodType.genericMethodType(constructor.getParameterCount()))
              .asSpreader(Object[].class, constructor.getParameterCount()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("an accessible constructor was not", e);
    }
  }

  /// Its argument is the method's only one, or the object of an instance method.
  static Call to(Method method) {
    try {
      method.setAccessible(true);
      return new Call(MethodHandles.lookup().unreflect(method));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("an accessible method was not", e);
    }
  }

  @Nullable Object with(Object argument) {
    try {
      return handle.invokeExact(argument);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("records and value types throw nothing checked", e);
    }
  }
}
