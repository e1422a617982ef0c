package dev.keyreeve.procedure.typescript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.procedure.shape.Samples;
import dev.keyreeve.procedure.shape.Samples.InviteMandate;
import dev.keyreeve.procedure.shape.Samples.InvitedMandate;
import dev.keyreeve.procedure.shape.Samples.ListMandates;
import dev.keyreeve.procedure.shape.Samples.MandateView;
import dev.keyreeve.procedure.shape.Samples.Page;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class TypeScriptTypesTest {
  private final TypeScriptTypes types = new TypeScriptTypes();

  @Test
  void declaresRecordsAndEnumsByName() throws IOException {
    var forms =
        Stream.of(
                Shapes.of(ListMandates.class),
                Shapes.of(InviteMandate.class),
                Shapes.of(InvitedMandate.class),
                Page.of(Shapes.of(MandateView.class)))
            .map(Shape::form)
            .toList();

    var names = forms.stream().map(types::of);

    assertThat(names)
        .containsExactly("ListMandates", "InviteMandate", "InvitedMandate", "PageOfMandateView");
    assertThat(types.declarations()).isEqualTo(golden());
  }

  private static String golden() throws IOException {
    try (var file = TypeScriptTypesTest.class.getResourceAsStream("mandates.d.ts")) {
      return new String(requireNonNull(file).readAllBytes(), UTF_8);
    }
  }

  @Test
  void refusesTwoTypesOfOneName() {
    record Payer(List<String> names) {}
    types.of(Shapes.of(Samples.Payer.class).form());

    assertThatThrownBy(() -> types.of(Shapes.of(Payer.class).form()))
        .hasMessageStartingWith("two types are called Payer: ");
  }
}
