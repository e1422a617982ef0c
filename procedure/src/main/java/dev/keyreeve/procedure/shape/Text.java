package dev.keyreeve.procedure.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The limits of a `String`; one without this annotation has the defaults. Text is always valid
/// Unicode. On a class with a `parse`, the limits of the text that it is given.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Text {
  /// In code points. Where an empty text is an answer, say 0.
  int min() default 1;

  /// In code points.
  int max() default 200;

  /// A regular expression for the whole text, from `^` to `$`, of the kind that Java and JavaScript
  /// share. It is tried only on a text within its length.
  String pattern() default "";

  /// Whether line breaks and tabs are allowed; other control characters never are.
  boolean multiline() default false;

  /// Whether people type or paste it, so that it is read as [PlainText]. Its limits are those of
  /// the plain text. It is for one line.
  boolean plain() default false;
}
