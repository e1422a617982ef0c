package dev.keyreeve.procedure;

import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Issue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is wrong with an input that its shape cannot know: all of it at once, each with the field
/// that it is wrong in. The first fault gives the refusal its reason.
public final class Faults {
  private final List<Issue> issues = new ArrayList<>();
  private final Map<String, Object> details = new LinkedHashMap<>();
  private @Nullable Reason reason;

  /// @param path of the field, such as `scopes[1]`
  public void add(String path, Reason because) {
    add(path, because, because.word(), because.message());
  }

  /// @param code of the issue, where it says more than the reason
  /// @param message for people, without any value of the request that may be a secret
  public void add(String path, Reason because, String code, String message) {
    if (reason == null) reason = because;
    issues.add(new Issue(path, code, message));
  }

  /// Adds a fact that helps to mend the input, such as what there is to choose from.
  public void tell(String name, Object value) {
    details.put(name, value);
  }

  /// Refuses if anything is wrong, and otherwise goes on.
  public <T> Outcome<T> or(Supplier<Outcome<T>> next) {
    return reason == null
        ? next.get()
        : new Outcome.Refused<>(new Problem(reason, reason.message(), issues, details));
  }
}
