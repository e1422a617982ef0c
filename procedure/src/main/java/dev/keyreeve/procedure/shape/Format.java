package dev.keyreeve.procedure.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How a value type is spelled, for those who read the schema; `parse` stays the judge. An example
/// that `parse` does not take, or that does not fit the pattern, stops the derivation.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Format {
  /// A regular expression for the whole text, from `^` to `$`, of the kind that Java and JavaScript
  /// share.
  String pattern();

  String example();
}
