package dev.keyreeve.procedure.rest;

import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the procedure at a path, one segment after the other. A literal segment goes before a
/// variable, and there is no way back: under `/mandates/upcoming` no mandate is looked for, since
/// no id is ever spelled like a literal.
final class Routes {
  private final Node root = new Node();

  /// What stands at a path.
  sealed interface Match {
    /// @param variables what the path says of the input, by the names of fields
    record Found(Procedure<?, ?> procedure, Map<String, String> variables) implements Match {}

    /// The path is known, but not with this method.
    ///
    /// @param allow those that it is known with, as in the `Allow` header
    record OtherMethods(String allow) implements Match {}

    record Nothing() implements Match {}
  }

  /// @throws IllegalArgumentException if two of them could be meant by one request
  Routes(Collection<Procedure<?, ?>> procedures) {
    for (var procedure : procedures) {
      var node = root;
      for (var segment : procedure.route().segments()) {
        node = node.child(segment);
      }
      if (node.procedures.putIfAbsent(procedure.route().method(), procedure) != null) {
        throw new IllegalArgumentException("two procedures stand at " + procedure.route());
      }
    }
  }

  /// @param path what follows the base path, from its slash
  Match find(String method, String path) {
    var values = new ArrayList<String>();
    @Nullable Node node = path.startsWith("/") ? root : null;
    for (int start = 0; node != null && start < path.length(); ) {
      int slash = path.indexOf('/', start + 1);
      int end = slash < 0 ? path.length() : slash;
      var segment = path.substring(start + 1, end);
      node = node.step(segment, values);
      start = end;
    }
    return node == null || node.procedures.isEmpty()
        ? new Match.Nothing()
        : node.at(method, values);
  }

  /// One place in the tree of paths.
  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<Route.Method, Procedure<?, ?>> procedures = new EnumMap<>(Route.Method.class);
    @Nullable Node variable;

    Node child(String segment) {
      if (!Route.isVariable(segment)) {
        return literals.computeIfAbsent(segment, _ -> new Node());
      }
      if (variable == null) variable = new Node();
      return variable;
    }

    @Nullable Node step(String segment, List<String> values) {
      var literal = literals.get(segment);
      if (literal != null || segment.isEmpty()) return literal;

      values.add(segment);
      return variable;
    }

    Match at(String method, List<String> values) {
      for (var entry : procedures.entrySet()) {
        if (entry.getKey().name().equals(method)) {
          var variables = new LinkedHashMap<String, String>();
          for (var name : entry.getValue().route().variables()) {
            variables.put(name, values.get(variables.size()));
          }
          return new Match.Found(entry.getValue(), variables);
        }
      }
      return new Match.OtherMethods(
          procedures.keySet().stream()
              .map(known -> known == Route.Method.GET ? "GET, HEAD" : known.name())
              .collect(Collectors.joining(", ")));
    }
  }
}
