package dev.keyreeve.procedure.shape;

import static dev.keyreeve.procedure.shape.Json.issuesOf;
import static dev.keyreeve.procedure.shape.Json.json;
import static dev.keyreeve.procedure.shape.Json.valid;
import static dev.keyreeve.procedure.shape.Json.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.procedure.openapi.JsonSchema;
import dev.keyreeve.procedure.shape.Samples.Instalment;
import dev.keyreeve.procedure.shape.Samples.MandateState;
import dev.keyreeve.procedure.shape.Samples.PatchMandate;
import dev.keyreeve.procedure.typescript.TypeScriptTypes;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PatchTest {
  private final Shape<PatchMandate> shape = Shapes.of(PatchMandate.class);

  @Test
  void tellsNullFromAbsentAndFromAValue() {
    var patch = valid(shape.decode(json("{'id':'man_0001','dueDay':null,'state':'active'}")));

    assertThat(patch.dueDay()).isEqualTo(new Patch.Cleared<>());
    assertThat(patch.state()).isEqualTo(new Patch.To<>(MandateState.ACTIVE));
    assertThat(patch.until()).isEqualTo(new Patch.Absent<>());
    assertThat(patch.payer()).isNull();
  }

  @Test
  void tellsThemApartInNestedRecords() {
    var input =
        "{'id':'man_0001','payer':{'email':null,'labels':[]},"
            + "'last':{'amountMinor':5,'due':'2026-01-31'}}";

    var patch = valid(shape.decode(json(input)));

    assertThat(patch.payer())
        .isEqualTo(new Samples.PatchPayer(new Patch.Cleared<>(), new Patch.To<>(List.of())));
    assertThat(patch.last())
        .isEqualTo(new Patch.To<>(new Instalment(5, LocalDate.of(2026, 1, 31))));
    assertThat(valid(shape.decode(json("{'id':'man_0001','payer':{}}"))).payer())
        .isEqualTo(new Samples.PatchPayer(new Patch.Absent<>(), new Patch.Absent<>()));
  }

  @Test
  void collectsTheIssuesOfAllItsValues() {
    var input =
        "{'id':null,'dueDay':29,'state':'lost','until':7,'payer':{'email':'','labels':[null]},"
            + "'last':{'amountMinor':null},'dueDate':null}";

    assertThat(issuesOf(shape.decode(json(input))))
        .extracting(issue -> issue.path() + " " + issue.code())
        .containsExactly(
            "id required",
            "dueDay out_of_range",
            "state not_one_of",
            "until wrong_type",
            "payer.email too_short",
            "payer.labels[0] required",
            "last.amountMinor required",
            "last.due required",
            "dueDate unknown_field");
  }

  @Test
  void writesWhatItSays() {
    var patch = valid(shape.decode(json("{'id':'man_0001','dueDay':null,'state':'active'}")));

    assertThat(written(shape, patch))
        .isEqualTo("{\"id\":\"man_0001\",\"dueDay\":null,\"state\":\"active\"}");
  }

  @Test
  void changesAValueOrLeavesIt() {
    assertThat(new Patch.Absent<String>().over("old")).isEqualTo("old");
    assertThat(new Patch.Absent<String>().over(null)).isNull();
    assertThat(new Patch.Cleared<String>().over("old")).isNull();
    assertThat(new Patch.To<>("new").over("old")).isEqualTo("new");
  }

  @Test
  void isTypedAsOptionalAndNullable() {
    var types = new TypeScriptTypes();
    types.of(shape.form());

    assertThat(types.declarations())
        .contains(
            """
            export interface PatchMandate {
              id: string;
              dueDay?: number | null;
              state?: MandateState | null;
              until?: string | null;
              payer?: PatchPayer;
              last?: Instalment | null;
            }
            """,
            "  labels?: string[] | null;\n");
  }

  @Test
  void isDescribedAsNotRequiredAndNullable() {
    var schemas = new JsonSchema();
    schemas.ofInput(shape.form());

    var mandate = schemas.definitions().get("PatchMandateInput");
    var properties = mandate.get("properties");
    assertThat(mandate.get("required")).hasToString("[\"id\"]");
    assertThat(properties.get("dueDay"))
        .hasToString(
            "{\"type\":[\"integer\",\"null\"],\"format\":\"int32\",\"minimum\":1,\"maximum\":28}");
    assertThat(properties.get("state"))
        .hasToString(
            "{\"type\":[\"string\",\"null\"],"
                + "\"enum\":[\"pending_submission\",\"active\",\"cancelled\",null]}");
    assertThat(properties.get("last"))
        .hasToString(
            "{\"anyOf\":[{\"$ref\":\"#/components/schemas/InstalmentInput\"},{\"type\":\"null\"}]}");
  }
}
