package dev.keyreeve.procedure.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The limits of an `int` or a `long`, both included. A `long` without them stays within 2^53 - 1,
/// which every JSON reader holds exactly.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Range {
  long min();

  long max();
}
