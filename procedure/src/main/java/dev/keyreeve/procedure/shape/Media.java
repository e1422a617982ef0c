package dev.keyreeve.procedure.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a [Content] may be, and how large.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Media {
  /// In lower case, without parameters, such as `image/png`.
  String[] types();

  /// At most 16 MiB: all of it is held in memory.
  int maxBytes() default 1024 * 1024;
}
