package dev.keyreeve.procedure.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.command.RunningServer.Answer;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Issue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command as it was typed, with the server that it is for.
public final class Invocation {
  private final Command command;
  private final Map<Parameter, List<?>> typed;
  private final RunningServer server;
  private final Terminal terminal;

  /// @param typed the values of every parameter, each of its type; empty for those that were not
  ///   typed
  public Invocation(
      Command command, Map<Parameter, List<?>> typed, RunningServer server, Terminal terminal) {
    this.command = command;
    this.typed = Map.copyOf(typed);
    this.server = server;
    this.terminal = terminal;
  }

  public void run() throws IOException, Refusal {
    command.work().run(this);
  }

  public Terminal terminal() {
    return terminal;
  }

  /// What was typed for the parameter of this name, such as `--file`, once or more.
  public List<String> texts(String name) {
    return typed.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .flatMap(entry -> entry.getValue().stream())
        .map(Object::toString)
        .toList();
  }

  /// The same of what is typed once, if at all.
  public @Nullable String text(String name) {
    var texts = texts(name);
    return texts.isEmpty() ? null : texts.getLast();
  }

  /// Whether anything was typed for this procedure that is not for the other one too.
  public boolean isFor(Declared<?, ?> procedure, Declared<?, ?> other) {
    return typed.entrySet().stream()
        .anyMatch(
            entry ->
                !entry.getValue().isEmpty()
                    && entry.getKey().fills(procedure)
                    && !entry.getKey().fills(other));
  }

  public @Nullable String workspace() throws IOException {
    return server.workspace();
  }

  /// The input of a procedure, as far as it was typed.
  public ObjectNode input(Declared<?, ?> procedure) throws IOException, Refusal {
    var input = JsonNodeFactory.instance.objectNode();
    for (var parameter : command.parameters()) {
      if (parameter.fills(procedure)) {
        parameter.fill(input, typed.getOrDefault(parameter, List.of()), this);
      }
    }
    return input;
  }

  public JsonNode call(Declared<?, ?> procedure) throws IOException, Refusal {
    return call(procedure, input(procedure));
  }

  /// Calls a procedure. What its declaration says against the input is told without a call, in the
  /// server's words.
  public JsonNode call(Declared<?, ?> procedure, ObjectNode input) throws IOException, Refusal {
    if (procedure.input().decode(input) instanceof Decoded.Invalid<?>(var issues)) {
      throw refusal(Reasons.INVALID_INPUT.message(), issues, List.of());
    }
    return switch (server.call(command.under(), procedure.route(), input)) {
      case Answer.Done(var data) -> data;
      case Answer.Refused(var message, var issues, var hints) ->
          throw refusal(message, issues, hints);
    };
  }

  /// The items of a list, page by page.
  ArrayNode items(Declared<?, ?> procedure) throws IOException, Refusal {
    var items = JsonNodeFactory.instance.arrayNode();
    var input = input(procedure);
    JsonNode page;
    do {
      page = call(procedure, input);
      page.path("items").forEach(items::add);
      input.set("cursor", page.path("next_cursor"));
    } while (page.has("next_cursor"));
    return items;
  }

  static boolean isPaged(Declared<?, ?> procedure) {
    return procedure.fields().stream().anyMatch(field -> field.name().equals("cursor"));
  }

  /// Each issue stands beside what was typed for it.
  private Refusal refusal(String message, List<Issue> issues, List<String> hints) {
    var text = new StringBuilder(message);
    for (var issue : issues) {
      text.append("\n  ");
      if (!issue.path().isEmpty()) text.append(nameOf(issue)).append(": ");
      text.append(issue.message());
    }
    hints.forEach(hint -> text.append("\n  ").append(hint));
    return new Refusal(text.toString());
  }

  private String nameOf(Issue issue) {
    return command.parameters().stream()
        .filter(parameter -> parameter.fills(issue))
        .map(Parameter::name)
        .findFirst()
        .orElse(issue.path());
  }

  public void show(JsonNode answer, Command.View view) {
    if (terminal.json()) {
      terminal.out().println(answer.toPrettyString());
    } else {
      view.show(answer, terminal.out());
    }
  }
}
