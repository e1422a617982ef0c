package dev.keyreeve.procedure.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.procedure.MandatesApi.ListMandates;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import dev.keyreeve.procedure.shape.Shapes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class FieldTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit       | 7                                        | 7
          limit       | -7                                       | -7
          limit       | 0                                        | 0
          limit       | 12345678901234567890                     | 12345678901234567890
          limit       | 007                                      | "007"
          limit       | +7                                       | "+7"
          limit       | 7.0                                      | "7.0"
          limit       | 7e1                                      | "7e1"
          limit       | ٧                                        | "٧"
          limit       | ' 7'                                     | " 7"
          limit       | ''                                       | ""
          sandbox     | true                                     | true
          sandbox     | false                                    | false
          sandbox     | TRUE                                     | "TRUE"
          sandbox     | 1                                        | "1"
          createdFrom | 2026-03-02                               | "2026-03-02"
          q           | true                                     | "true"
          q           | 7                                        | "7"
          q           | a,b                                      | "a,b"
          q           | null                                     | "null"
          state       | active                                   | ["active"]
          state       | active,cancelled                         | ["active","cancelled"]
          state       | ''                                       | []
          state       | ,                                        | ["",""]
          dueDays     | 1,28                                     | [1,28]
          dueDays     | 1,x                                      | [1,"x"]
          """)
  void readsTextByTheFormOfItsField(String field, String text, String json) {
    assertThat(FieldText.read(formOf(field), text)).hasToString(json);
  }

  private static Form formOf(String name) {
    return ((RecordForm) Shapes.of(ListMandates.class).form())
        .fields().stream()
            .filter(field -> field.name().equals(name))
            .map(Form.Field::form)
            .findFirst()
            .orElseThrow();
  }
}
