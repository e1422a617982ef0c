package dev.keyreeve.procedure.typescript;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes forms as TypeScript types for one file: records and enums are declared by name,
/// everything else where it stands.
public final class TypeScriptTypes {
  private final Map<String, Form.Named> named = new TreeMap<>();

  /// The type expression of a form. What it refers to is among the [#declarations] from then on.
  public String of(Form form) {
    return switch (form) {
      case TextForm _, ValueForm _, DateForm _, TimestampForm _ -> "string";
      case IntegerForm _ -> "number";
      case BooleanForm _ -> "boolean";
      case ListForm list -> of(list.item()) + "[]";
      case MapForm _ -> "Record<string, string>";
      case ContentForm content ->
          content.mediaTypes().stream()
              .map(type -> '"' + type + '"')
              .collect(
                  Collectors.joining(
                      " | ", "{ mediaType: ", "; base64: string; fileName?: string }"));
      case ClearableForm clearable -> of(clearable.form()) + " | null";
      case ChoiceForm choice -> {
        name(choice);
        yield choice.name();
      }
      case RecordForm record -> {
        name(record);
        record.fields().forEach(field -> of(field.form()));
        yield record.name();
      }
    };
  }

  /// The declarations of all named forms met so far, in the order of their names.
  public String declarations() {
    return named.values().stream().map(this::declaration).collect(Collectors.joining("\n"));
  }

  private void name(Form.Named form) {
    var known = named.putIfAbsent(form.name(), form);
    if (known != null && !known.equals(form)) {
      throw new IllegalStateException(
          "two types are called " + form.name() + ": " + known.type() + " and " + form.type());
    }
  }

  private String declaration(Form.Named form) {
    return switch (form) {
      case ChoiceForm choice ->
          choice.values().stream()
              .map(value -> '"' + value + '"')
              .collect(Collectors.joining(" | ", "export type " + choice.name() + " = ", ";\n"));
      // An interface without members would take any object.
      case RecordForm record when record.fields().isEmpty() ->
          "export type " + record.name() + " = Record<string, never>;\n";
      case RecordForm record ->
          record.fields().stream()
              .map(
                  field ->
                      "  "
                          + field.name()
                          + (field.required() ? ": " : "?: ")
                          + of(field.form())
                          + ";\n")
              .collect(Collectors.joining("", "export interface " + record.name() + " {\n", "}\n"));
    };
  }
}
