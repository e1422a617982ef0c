package dev.keyreeve.procedure.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.BooleanForm;
import dev.keyreeve.procedure.shape.Form.ChoiceForm;
import dev.keyreeve.procedure.shape.Form.ClearableForm;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import dev.keyreeve.procedure.shape.Form.DateForm;
import dev.keyreeve.procedure.shape.Form.IntegerForm;
import dev.keyreeve.procedure.shape.Form.ListForm;
import dev.keyreeve.procedure.shape.Form.MapForm;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import dev.keyreeve.procedure.shape.Form.TextForm;
import dev.keyreeve.procedure.shape.Form.TimestampForm;
import dev.keyreeve.procedure.shape.Form.ValueForm;
import dev.keyreeve.procedure.shape.Issue;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [Flag] with all that the declarations say of what it fills.
///
/// @param form of the first field that it fills; null for what is the command's own
/// @param required whether no procedure of the command can be called without it
public record Parameter(Flag flag, @Nullable Form form, boolean required) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// As it is typed, and as errors call it.
  public String name() {
    return flag.usage().split(" ", 2)[0];
  }

  public boolean isOption() {
    return flag.usage().startsWith("--");
  }

  public boolean isRepeated() {
    return flag.repeated() || form instanceof ListForm;
  }

  /// The type that a single value of it is read as. What else a declaration says of values is
  /// judged when the whole input is known.
  public Class<?> type() {
    return flag.reading() == null && form != null ? typeOf(form) : String.class;
  }

  private static Class<?> typeOf(Form form) {
    return switch (form) {
      case IntegerForm number -> number.type() == int.class ? Integer.class : Long.class;
      case BooleanForm _ -> Boolean.class;
      case DateForm _ -> LocalDate.class;
      case ListForm list -> typeOf(list.item());
      case ClearableForm clearable -> typeOf(clearable.form());
      case TextForm _, ValueForm _, TimestampForm _, ChoiceForm _ -> String.class;
      case MapForm _, RecordForm _, ContentForm _ ->
          throw new IllegalArgumentException("no word of a command line stands for an object");
    };
  }

  /// What help calls its value.
  public String label() {
    int space = flag.usage().indexOf(' ');
    if (space > 0) {
      var label = flag.usage().substring(space + 1);
      return form instanceof ChoiceForm choice
          ? label.replace("%s", String.join("|", choice.values()))
          : label;
    }
    return isOption() ? "<" + Names.camel(flag.fields().getFirst()) + ">" : name();
  }

  public String about() {
    var known = known(form);
    if (flag.about().isEmpty()) return known.isEmpty() ? "" : known + ".";
    return flag.about().replace("%s", known);
  }

  /// What the form says of values.
  private static String known(@Nullable Form form) {
    return switch (form) {
      case ChoiceForm choice -> Names.oneOf(choice.values());
      case IntegerForm number -> number.min() + " to " + number.max();
      case ValueForm value when value.example() != null -> "such as " + value.example();
      case DateForm _ -> "such as 2027-01-31";
      case TimestampForm _ -> "such as 2027-01-31T12:00:00Z";
      case ListForm list -> known(list.item());
      case ClearableForm clearable -> known(clearable.form());
      case null -> "";
      case ValueForm _, TextForm _, BooleanForm _, MapForm _, RecordForm _, ContentForm _ -> "";
    };
  }

  boolean fills(Declared<?, ?> procedure) {
    return procedure.fields().stream().anyMatch(field -> flag.fields().contains(field.name()));
  }

  boolean fills(Issue issue) {
    return flag.fields().contains(issue.path().split("[.\\[]", 2)[0]);
  }

  /// @param values what was typed, of [#type]
  void fill(ObjectNode input, List<?> values, Invocation typed) throws IOException, Refusal {
    var reading = flag.reading();
    var fallback = flag.fallback();
    if (values.isEmpty()) {
      if (fallback != null) fallback.put(input, typed);
    } else if (reading != null) {
      reading.read(values.stream().map(Object::toString).toList(), input, typed);
    } else if (form instanceof ListForm) {
      var list = input.putArray(flag.fields().getFirst());
      for (var value : values) list.add(json(value));
    } else {
      input.set(flag.fields().getFirst(), json(values.getLast()));
    }
  }

  private static JsonNode json(Object value) {
    return switch (value) {
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Boolean truth -> NODES.booleanNode(truth);
      default -> NODES.textNode(value.toString());
    };
  }
}
