package dev.keyreeve.procedure.shape;

import static dev.keyreeve.procedure.shape.Json.issuesOf;
import static dev.keyreeve.procedure.shape.Json.json;
import static dev.keyreeve.procedure.shape.Json.valid;
import static dev.keyreeve.procedure.shape.Json.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class UnwrappedTest {
  @SnakeCase
  record Inner(String firstName, @Nullable Integer age) {}

  record Outer(@Unwrapped Inner details, boolean isNew) {}

  record Twice(@Unwrapped Inner one, @Unwrapped Inner other) {}

  record Perhaps(@Nullable @Unwrapped Inner details) {}

  record NoRecord(@Unwrapped String text) {}

  private static final Shape<Outer> SHAPE = Shapes.of(Outer.class);

  @Test
  void standsAmongTheFieldsOfTheRecordAroundIt() {
    var outer = new Outer(new Inner("Sam", 41), true);
    var text = "{'first_name':'Sam','age':41,'isNew':true}";

    assertThat(written(SHAPE, outer)).isEqualTo(text.replace('\'', '"'));
    assertThat(valid(SHAPE.decode(json(text)))).isEqualTo(outer);
    assertThat(((Form.RecordForm) SHAPE.form()).fields())
        .extracting(Form.Field::name)
        .containsExactly("first_name", "age", "isNew");
  }

  @Test
  void findsWhatIsWrongInAllOfIt() {
    assertThat(issuesOf(SHAPE.decode(json("{'age':'x','firstName':'Sam'}"))))
        .extracting(Issue::path, Issue::code)
        .containsExactly(
            tuple("first_name", "required"),
            tuple("age", "wrong_type"),
            tuple("isNew", "required"),
            tuple("firstName", "unknown_field"));
  }

  @Test
  void stopsWhereItCannotBe() {
    for (var type : new Class<?>[] {Twice.class, Perhaps.class, NoRecord.class}) {
      assertThatThrownBy(() -> Shapes.of(type)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
