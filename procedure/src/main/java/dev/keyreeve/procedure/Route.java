package dev.keyreeve.procedure;

import java.util.ArrayList;
import java.util.List;

/// Where a procedure stands in the REST form of its API: `GET /mandates/{id}`. A `{name}` is a
/// segment of its own and fills the input's field of that name.
public record Route(Method method, String path) {
  /// The methods that routes use.
  public enum Method {
    GET,
    POST,
    PATCH,
    DELETE
  }

  public Route {
    if (!path.startsWith("/") || path.endsWith("/") || path.contains("//")) {
      throw new IllegalArgumentException("not a route: " + path);
    }
  }

  public static Route get(String path) {
    return new Route(Method.GET, path);
  }

  public static Route post(String path) {
    return new Route(Method.POST, path);
  }

  public static Route patch(String path) {
    return new Route(Method.PATCH, path);
  }

  public static Route delete(String path) {
    return new Route(Method.DELETE, path);
  }

  /// The segments after the leading slash.
  public List<String> segments() {
    return List.of(path.substring(1).split("/"));
  }

  /// The names in braces, in order.
  public List<String> variables() {
    var names = new ArrayList<String>();
    for (var segment : segments()) {
      if (isVariable(segment)) {
        names.add(nameOf(segment));
      }
    }
    return names;
  }

  public static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  public static String nameOf(String variable) {
    return variable.substring(1, variable.length() - 1);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
