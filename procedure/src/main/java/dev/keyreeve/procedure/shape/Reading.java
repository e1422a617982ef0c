package dev.keyreeve.procedure.shape;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over one input: where it stands, and what it has found wrong.
final class Reading {
  private static final int MAX_ISSUES = 100;
  private static final int MAX_NAME_LENGTH = 40;

  private final boolean stored;
  private final StringBuilder path = new StringBuilder();
  private final List<Issue> issues = new ArrayList<>();
  private int found;

  private Reading(boolean stored) {
    this.stored = stored;
  }

  static Reading ofInput() {
    return new Reading(false);
  }

  static Reading ofStored() {
    return new Reading(true);
  }

  /// Whether this is an answer of ours read back, for which the limits of inputs do not count.
  boolean isStored() {
    return stored;
  }

  /// How many issues there are, listed or not.
  int found() {
    return found;
  }

  List<Issue> issues() {
    return issues;
  }

  /// Goes to a member; the answer is for [#leave].
  int enter(String name) {
    int mark = path.length();
    if (mark > 0) path.append('.');
    path.append(name);
    return mark;
  }

  /// Goes to an item; the answer is for [#leave].
  int enter(int index) {
    int mark = path.length();
    path.append('[').append(index).append(']');
    return mark;
  }

  void leave(int mark) {
    path.setLength(mark);
  }

  /// Notes an issue here, and stands for the value that there is none of.
  @SuppressWarnings("TypeParameterUnusedInFormals") // The answer is null, which is of every T.
  <T> @Nullable T refuse(String code, String message) {
    found++;
    if (found <= MAX_ISSUES) {
      issues.add(new Issue(path.toString(), code, message));
    } else if (found == MAX_ISSUES + 1) {
      issues.add(new Issue("", "too_many_issues", "There are more issues than are listed."));
    }
    return null;
  }

  /// Notes what a constructor or parser of ours objects to. Its sentence is passed on only if it is
  /// one: the JDK's own exceptions quote what they were given.
  @SuppressWarnings("TypeParameterUnusedInFormals") // The answer is null, which is of every T.
  <T> @Nullable T refuse(String code, IllegalArgumentException objection, String input) {
    var sentence = objection.getMessage();
    boolean quotes = sentence != null && input.length() > 3 && sentence.contains(input);
    return objection.getClass() == IllegalArgumentException.class && sentence != null && !quotes
        ? refuse(code, sentence)
        : refuse(code, "This does not have the right form.");
  }

  void refuseUnknown(String name, Collection<String> known) {
    var shown = printable(name);
    var nearest = found < MAX_ISSUES ? Spelling.nearest(shown, known) : null;
    int mark = enter(shown);
    refuse(
        "unknown_field",
        nearest == null
            ? "This field is not known."
            : "This field is not known; did you mean " + nearest + "?");
    leave(mark);
  }

  /// A name from the input, fit for a path: printable ASCII, and short.
  static String printable(String name) {
    var clipped = name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
    var safe = new StringBuilder(clipped.length());
    clipped.chars().forEach(c -> safe.append(' ' <= c && c <= '~' ? (char) c : '?'));
    return safe.toString();
  }
}
