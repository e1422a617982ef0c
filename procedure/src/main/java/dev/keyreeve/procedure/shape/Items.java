package dev.keyreeve.procedure.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How many items a `List` or entries a `Map` may have; one without this annotation has the
/// defaults.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Items {
  int min() default 0;

  int max() default 100;
}
