package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Form;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Walks every text that any procedure takes, so that a new one says whether people paste it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PastedTextTest {
  /// Ids, tokens and words of a list; what is kept and given back as it was; and files.
  private static final Set<String> TO_THE_LETTER =
      Set.of(
          "action",
          "actor",
          "api",
          "attempt_id",
          "before",
          "body",
          "chain",
          "collection_id",
          "content",
          "created_by",
          "csv",
          "cursor",
          "event_types",
          "id",
          "idempotencyKey",
          "idempotency_key",
          "ip_allow_list",
          "keys",
          "last_used_from",
          "mandate_id",
          "message",
          "metadata",
          "organisation",
          "organisation_id",
          "outcome",
          "procedure",
          "reason",
          "request_id",
          "service_user_id",
          "signature",
          "subject_id",
          "tag",
          "tagKey",
          "tags",
          "target",
          "transports",
          "url",
          "workspace_id");

  private final TestServer server = TestServer.start();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void isPlainUnlessProgramsWriteItOrItIsKeptToTheLetter() {
    assertThat(texts().filter(text -> !text.form().plain()).map(TextField::name))
        .isSubsetOf(TO_THE_LETTER);
    assertThat(texts().filter(text -> text.form().plain()).map(TextField::name))
        .contains("name", "accountHolderName", "externalRef", "description", "note", "reason");
  }

  private record TextField(String name, Form.TextForm form) {}

  private Stream<TextField> texts() {
    return server.apis().stream()
        .flatMap(api -> api.procedures().stream())
        .map(Procedure::fields)
        .flatMap(fields -> fields.stream().flatMap(PastedTextTest::texts));
  }

  private static Stream<TextField> texts(Form.Field field) {
    return texts(field.name(), field.form());
  }

  private static Stream<TextField> texts(String name, Form form) {
    return switch (form) {
      case Form.TextForm text -> Stream.of(new TextField(name, text));
      case Form.ListForm list -> texts(name, list.item());
      case Form.ClearableForm clearable -> texts(name, clearable.form());
      case Form.RecordForm record -> record.fields().stream().flatMap(PastedTextTest::texts);
      case Form.MapForm map -> Stream.of(new TextField(name, map.value()));
      case Form.ValueForm _,
          Form.IntegerForm _,
          Form.BooleanForm _,
          Form.DateForm _,
          Form.TimestampForm _,
          Form.ChoiceForm _,
          Form.ContentForm _ ->
          Stream.empty();
    };
  }
}
