package dev.keyreeve.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.procedure.shape.Form;
import java.util.HashMap;
import java.util.Map;

/// The smallest valid input of any form: what is required, and nothing else.
final class SampleInputs {
  private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

  private final Map<Class<?>, String> values = new HashMap<>();

  SampleInputs() {
    values.put(SortCode.class, "00-00-01");
    values.put(AccountNumber.class, "12345678");
    values.put(MandateReference.class, "SAMPLE-1");
    values.put(EmailAddress.class, "sam@example.com");
  }

  /// Uses this text wherever a value of the type is asked for.
  SampleInputs with(Class<?> type, String text) {
    values.put(type, text);
    return this;
  }

  JsonNode of(Form form) {
    return switch (form) {
      case Form.TextForm text -> nodes.textNode("x".repeat(Math.max(1, text.min())));
      case Form.ValueForm value -> nodes.textNode(text(value));
      case Form.IntegerForm integer -> nodes.numberNode(Math.max(integer.min(), 1));
      case Form.BooleanForm _ -> nodes.booleanNode(true);
      case Form.DateForm _ -> nodes.textNode("2026-12-31");
      case Form.TimestampForm _ -> nodes.textNode("2026-11-01T09:00:00Z");
      case Form.ChoiceForm choice -> nodes.textNode(choice.values().getFirst());
      case Form.ListForm list -> nodes.arrayNode().add(of(list.item()));
      case Form.MapForm _ -> nodes.objectNode();
      case Form.ClearableForm clearable -> of(clearable.form());
      case Form.ContentForm content ->
          nodes
              .objectNode()
              .put(Form.ContentForm.MEDIA_TYPE, content.mediaTypes().getFirst())
              .put(Form.ContentForm.BASE64, "AA==");
      case Form.RecordForm record -> {
        var object = nodes.objectNode();
        for (var field : record.fields()) {
          if (field.required()) object.set(field.name(), of(field.form()));
        }
        yield object;
      }
    };
  }

  private String text(Form.ValueForm value) {
    var chosen = values.get(value.type());
    if (chosen != null) return chosen;
    if (value.example() != null) return value.example();
    throw new IllegalStateException("no sample of " + value.type());
  }

  /// Whether a value of the type is asked for anywhere.
  static boolean asksFor(Form form, Class<?> type) {
    return switch (form) {
      case Form.ValueForm value -> value.type() == type;
      case Form.ListForm list -> asksFor(list.item(), type);
      case Form.ClearableForm clearable -> asksFor(clearable.form(), type);
      case Form.RecordForm record ->
          record.fields().stream().anyMatch(field -> asksFor(field.form(), type));
      case Form.TextForm _,
          Form.IntegerForm _,
          Form.BooleanForm _,
          Form.DateForm _,
          Form.TimestampForm _,
          Form.ChoiceForm _,
          Form.ContentForm _,
          Form.MapForm _ ->
          false;
    };
  }
}
