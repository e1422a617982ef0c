package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.procedure.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// A drawing of a state machine in Mermaid, as it stands on the page of states: a block whose first
/// comment is its name. With `-Dkeyreeve.golden=write` the block is written anew.
@NullMarked
public final class StateDiagram {
  private static final Path PAGE = Path.of("../docs/concepts/states.md");

  private final String name;
  private final Map<Arrow, Set<String>> arrows = new LinkedHashMap<>();
  private List<String> finals = List.of();

  private record Arrow(String from, String to) {}

  public StateDiagram(String name) {
    this.name = name;
  }

  /// How a life begins.
  public StateDiagram begins(String state, String why) {
    return arrow("[*]", state, why);
  }

  /// One way from a state to another; what leaves the state as it is, is not drawn.
  public StateDiagram arrow(String from, String to, String why) {
    if (!from.equals(to)) {
      arrows.computeIfAbsent(new Arrow(from, to), _ -> new LinkedHashSet<>()).add(why);
    }
    return this;
  }

  /// States that are drawn with a thick border.
  public StateDiagram ends(List<String> states) {
    finals = List.copyOf(states);
    return this;
  }

  public void assertIsOnThePage() {
    try {
      var page = Files.readString(PAGE);
      var block = Pattern.compile("(?s)```mermaid\\nstateDiagram-v2\\n  %% " + name + "\\n.*?```");

      assertThat(page).as("a block for %s", name).containsPattern(block);
      Golden.assertMatches(
          PAGE, block.matcher(page).replaceFirst(Matcher.quoteReplacement(text())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String text() {
    var lines =
        arrows.entrySet().stream()
            .map(
                arrow ->
                    "  %s --> %s: %s\n"
                        .formatted(
                            arrow.getKey().from(),
                            arrow.getKey().to(),
                            String.join(", ", arrow.getValue())))
            .collect(Collectors.joining());
    var thick =
        finals.isEmpty()
            ? ""
            : "  classDef final stroke-width:4px\n  class %s final\n"
                .formatted(String.join(",", finals));
    return "```mermaid\nstateDiagram-v2\n  %% " + name + "\n" + lines + thick + "```";
  }
}
