package dev.keyreeve.procedure.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Route;
import dev.keyreeve.procedure.shape.Issue;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server that a command calls. It is looked for when it is first asked for something.
public interface RunningServer {
  /// What a call came to.
  sealed interface Answer {
    record Done(JsonNode data) implements Answer {}

    /// @param hints what there is instead, a line each
    record Refused(String message, List<Issue> issues, List<String> hints) implements Answer {
      public Refused {
        issues = List.copyOf(issues);
        hints = List.copyOf(hints);
      }
    }
  }

  /// @param under where the procedure's API stands, below the operators'; empty for that itself
  Answer call(String under, Route route, ObjectNode input) throws IOException;

  /// The workspace that is meant where none is named, if there is such a one.
  @Nullable String workspace() throws IOException;
}
