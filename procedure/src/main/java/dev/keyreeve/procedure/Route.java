package dev.keyreeve.procedure;

import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.ClearableForm;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import dev.keyreeve.procedure.shape.Form.ListForm;
import dev.keyreeve.procedure.shape.Form.MapForm;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Where a procedure stands in the REST form of its API: `GET /mandates/{id}`. A `{name}` is a
/// segment of its own and fills the input's field of that name.
public record Route(Method method, String path) {
  /// The methods that routes use.
  public enum Method {
    GET(false),
    POST(true),
    PUT(true),
    PATCH(true),
    DELETE(false);

    private final boolean hasBody;

    Method(boolean hasBody) {
      this.hasBody = hasBody;
    }

    /// Whether the input is the body; otherwise it is the query.
    public boolean hasBody() {
      return hasBody;
    }
  }

  public Route {
    if (!path.matches("(/([a-z0-9-]+|\\{[a-z][A-Za-z0-9_]*}))+")) {
      throw new IllegalArgumentException("not a route: " + path);
    }
  }

  public static Route get(String path) {
    return new Route(Method.GET, path);
  }

  public static Route post(String path) {
    return new Route(Method.POST, path);
  }

  public static Route put(String path) {
    return new Route(Method.PUT, path);
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

  /// Whether a procedure can stand here: what changes something is not a GET, a subscription is
  /// one, each variable is a field of the input, and what comes by the query has no objects in it
  /// and nothing that can be null. An input that carries content has a body, which is the content.
  boolean suits(Kind kind, RecordForm input) {
    boolean rightMethod =
        switch (kind) {
          case QUERY -> true;
          case MUTATION -> method != Method.GET;
          case SUBSCRIPTION -> method == Method.GET;
        };
    var simple = new HashSet<String>();
    boolean allSimple = true;
    boolean hasContent = false;
    for (var field : input.fields()) {
      if (field.form() instanceof ContentForm) {
        hasContent = true;
        continue;
      }
      boolean isSimple = isSimple(field.form());
      allSimple &= isSimple || (field.form() instanceof ListForm list && isSimple(list.item()));
      if (isSimple && field.required()) simple.add(field.name());
    }
    boolean fits = hasContent ? method.hasBody() && allSimple : method.hasBody() || allSimple;
    return rightMethod && fits && simple.containsAll(variables());
  }

  private static boolean isSimple(Form form) {
    return !(form instanceof ListForm
        || form instanceof MapForm
        || form instanceof ClearableForm
        || form instanceof ContentForm
        || form instanceof RecordForm);
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
