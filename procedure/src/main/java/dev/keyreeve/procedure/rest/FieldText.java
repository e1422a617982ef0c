package dev.keyreeve.procedure.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.math.BigInteger;
import java.util.regex.Pattern;

/// The JSON that a field's text in a path or query stands for. What does not spell its field's type
/// stays a string, so that the shape reports it in its place.
final class FieldText {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// As JSON spells it, and no longer than a number of JSON may be here.
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,62})");

  private FieldText() {}

  static JsonNode read(Form form, String text) {
    return switch (form) {
      case IntegerForm _ when INTEGER.matcher(text).matches() ->
          NODES.numberNode(new BigInteger(text));
      case BooleanForm _ when text.equals("true") || text.equals("false") ->
          NODES.booleanNode(text.equals("true"));
      case ListForm list -> list(list.item(), text);
      case IntegerForm _,
          BooleanForm _,
          TextForm _,
          ValueForm _,
          DateForm _,
          TimestampForm _,
          ChoiceForm _,
          MapForm _,
          ClearableForm _,
          ContentForm _,
          RecordForm _ ->
          NODES.textNode(text);
    };
  }

  /// Items are joined by commas, so none can hold one.
  private static JsonNode list(Form item, String text) {
    var items = NODES.arrayNode();
    if (text.isEmpty()) return items;

    for (var part : text.split(",", -1)) {
      items.add(read(item, part));
    }
    return items;
  }
}
