package dev.keyreeve.procedure;

import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.procedure.http.ETags;
import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import dev.keyreeve.procedure.shape.Form.Field;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import dev.keyreeve.procedure.shape.Shape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One callable thing, declared once:
///
/// ```java
/// mutation("mandates.cancel", holds(MANDATES_WRITE), post("/mandates/{id}/cancel"))
///     .about("Cancels a mandate.")
///     .takes(CancelMandate.class)
///     .gives(MandateChange.class)
///     .refuses(NOT_FOUND, INVALID_STATE)
///     .by(tenancy.writes(this::cancel))
/// ```
///
/// From this follow the tRPC call, the REST route, the check of the input, the access check, the
/// documents and the tests of access. It cannot be built without a requirement.
///
/// @param name dotted, such as `mandates.cancel`
/// @param summary one sentence for the reference
/// @param success what it answers with once it was carried out
/// @param refusals every reason with which the handler may refuse
/// @param inline whether it touches no storage and may run on the event loop
public record Procedure<I, O>(
    Kind kind,
    String name,
    Requirement requirement,
    Route route,
    String summary,
    Shape<I> input,
    Success<O> success,
    Set<Reason> refusals,
    Caps caps,
    boolean inline,
    Handler<I, O> handler) {

  public Procedure {
    if (!name.matches("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)+")) {
      throw new IllegalArgumentException("not a procedure's name: " + name);
    }
    if (summary.isBlank()) {
      throw new IllegalArgumentException(name + " lacks a summary");
    }
    if ((kind == Kind.SUBSCRIPTION) != (handler instanceof Handler.Streaming)) {
      throw new IllegalArgumentException(name + ": a subscription streams, and nothing else does");
    }
    if (!(input.form() instanceof RecordForm form)) {
      throw new IllegalArgumentException(name + ": an input is a record");
    }
    if (!route.suits(kind, form)) {
      throw new IllegalArgumentException(name + " does not fit its route " + route);
    }
    if (kind == Kind.SUBSCRIPTION && !success.equals(Success.of(success.shape()))) {
      throw new IllegalArgumentException(
          name + ": a stream has no headers and no status to choose");
    }
    checkContent(name, form);
    if (conditionOf(form) != null && kind != Kind.MUTATION) {
      throw new IllegalArgumentException(name + ": what changes nothing takes no If-Match");
    }
    for (var header : success.headers()) {
      if (!success.shape().hasRoomFor(header.field())) {
        throw new IllegalArgumentException(
            name + ": its output is an object without a field " + header.field());
      }
    }
    refusals = Set.copyOf(refusals);
  }

  /// What it gives.
  public Shape<O> output() {
    return success.shape();
  }

  /// The fields of the input.
  public List<Field> fields() {
    return ((RecordForm) input.form()).fields();
  }

  /// Whether a caller may name a call of this, so that sending it twice does its work once.
  public boolean isRepeatable() {
    return input.form() instanceof Form.RecordForm form
        && Repeatable.class.isAssignableFrom(form.type());
  }

  /// What REST sends beside the content of a body is in the query, where all names are fields.
  private static void checkContent(String name, RecordForm input) {
    var contents =
        input.fields().stream().filter(field -> field.form() instanceof ContentForm).count();
    if (contents > 1
        || (contents == 1
            && input.fields().stream()
                .anyMatch(field -> field.name().equals(ContentForm.FILE_NAME)))) {
      throw new IllegalArgumentException(
          name + ": an input carries one content, whose fileName is its own");
    }
  }

  /// The field of the input that is the body in REST, as it is; null if the input carries no bytes.
  public @Nullable Field content() {
    for (var field : fields()) {
      if (field.form() instanceof ContentForm) return field;
    }
    return null;
  }

  /// The field of the input that says which state is meant, if it is [Conditional].
  public @Nullable Field condition() {
    return conditionOf((RecordForm) input.form());
  }

  private static @Nullable Field conditionOf(RecordForm input) {
    if (!Conditional.class.isAssignableFrom(input.type())) return null;

    for (var field : input.fields()) {
      if (field.form() instanceof Form.ValueForm value && value.type() == ETags.class) return field;
    }
    throw new IllegalArgumentException(input.name() + " has no field for what If-Match says");
  }

  /// Whether a caller who has its answer already is told so, by 304 in REST.
  public boolean isRevalidated() {
    return kind == Kind.QUERY && route.method() == Route.Method.GET && success.isTagged();
  }

  @Override
  public String toString() {
    return name;
  }
}
