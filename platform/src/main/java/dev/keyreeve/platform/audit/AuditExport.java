package dev.keyreeve.platform.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes exports of chains, and verifies them with nothing but the file.
///
/// An export is text, one JSON object a line, told apart by its `type`:
///
/// | type | holds |
/// |---|---|
/// | `export` | first of all: `format` 1, and the `public_keys` of the server |
/// | `chain` | `chain`: the name of a chain that was exported |
/// | `entry` | a [ChainedEntry] |
/// | `checkpoint` | a [Checkpoint] |
/// | `end` | `chain`, and the `seq` and `hash` of its last entry |
public final class AuditExport {
  /// In ASCII, so that no terminal, mail or editor changes a letter.
  private static final JsonMapper json =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final Shape<ChainedEntry> ENTRY = Shapes.of(ChainedEntry.class);
  private static final Shape<Checkpoint> CHECKPOINT = Shapes.of(Checkpoint.class);

  private final List<String> publicKeys = new ArrayList<>();
  private final Set<String> chains = new TreeSet<>();
  private final Map<String, List<Checkpoint>> checkpoints = new HashMap<>();
  private final Map<String, ChainEnd> ends = new HashMap<>();
  private final Set<String> endedTwice = new HashSet<>();

  private AuditExport() {}

  /// A line is none of an export.
  public static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    private final String sentence;

    Unreadable(Path file, int line) {
      this("Line " + line + " of " + file + " is not one of an export.");
    }

    private Unreadable(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }

    /// For people.
    public String sentence() {
      return sentence;
    }
  }

  /// What came of it.
  ///
  /// @param publicKeys with which checkpoints were verified
  public record Result(List<Verdict> chains, List<String> publicKeys) {
    public boolean isGood() {
      return chains.stream().allMatch(verdict -> verdict.flaw() == null);
    }
  }

  /// @param trusted the public keys to believe, in base 64; those that the export itself names if
  ///   empty, which proves only that it agrees with itself
  /// @param further a file with more checkpoints, such as a server's copies or another export, by
  ///   which an end that was cut off shows; null if there is none. Those that are newer than the
  ///   export vouch for what it cannot have, which then counts as missing
  /// @throws Unreadable if a line is none of an export
  /// @throws IllegalArgumentException if a public key is none
  public static Result verify(Path file, List<String> trusted, @Nullable Path further)
      throws IOException {
    var export = new AuditExport();
    forEachLine(file, export::survey);
    if (further != null) forEachLine(further, export::takeCheckpoint);
    var keys = trusted.isEmpty() ? export.publicKeys : trusted;
    return new Result(export.check(file, PublicKeys.of(keys)), List.copyOf(keys));
  }

  /// Writes the first line.
  ///
  /// @param publicKeys a JSON list of texts
  public static void writeHead(JsonNode publicKeys, Consumer<String> lines) {
    var head = line("export").put("format", 1);
    head.set("public_keys", publicKeys);
    lines.accept(text(head));
  }

  /// Writes a part of a chain.
  ///
  /// @param part as the operators' API gives it
  /// @return number of the last entry, after which the next part begins; null if this was the last
  public static @Nullable Long writePart(String chain, JsonNode part, Consumer<String> lines) {
    Long last = null;
    for (var entry : part.path("entries")) {
      lines.accept(text(line("entry").setAll((ObjectNode) entry)));
      last = entry.path("seq").asLong();
    }
    for (var checkpoint : part.path("checkpoints")) {
      lines.accept(text(line("checkpoint").setAll((ObjectNode) checkpoint)));
    }
    if (part.path("more").asBoolean()) return last;

    if (part.has("end_seq")) {
      var end = line("end").put("chain", chain);
      end.set("seq", part.path("end_seq"));
      end.set("hash", part.path("end_hash"));
      lines.accept(text(end));
    }
    return null;
  }

  /// Says that a chain is part of the export, even if nothing of it is left.
  public static void writeChain(String chain, Consumer<String> lines) {
    lines.accept(text(line("chain").put("chain", chain)));
  }

  private static ObjectNode line(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static String text(JsonNode line) {
    try {
      return json.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @FunctionalInterface
  private interface LineReader {
    /// @return whether it is a line of an export
    boolean read(JsonNode line);
  }

  private static void forEachLine(Path file, LineReader reader) throws IOException {
    try (var lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!reads(reader, line)) throw new Unreadable(file, number);
      }
    }
  }

  private static boolean reads(LineReader reader, String line) {
    try {
      return reader.read(json.readTree(line));
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }

  /// Takes everything but the entries.
  private boolean survey(JsonNode line) {
    return switch (line.path("type").asText()) {
      case "export" -> {
        line.path("public_keys").forEach(key -> publicKeys.add(key.asText()));
        yield line.path("format").asInt() == 1;
      }
      case "chain" -> {
        chains.add(line.path("chain").asText());
        yield line.path("chain").isTextual();
      }
      case "entry" -> {
        var entry = read(ENTRY, line);
        if (entry != null) chains.add(entry.chain());
        yield entry != null;
      }
      case "checkpoint" -> {
        var checkpoint = read(CHECKPOINT, line);
        if (checkpoint != null) {
          chains.add(checkpoint.chain());
          add(checkpoint);
        }
        yield checkpoint != null;
      }
      case "end" -> takeEnd(line);
      default -> false;
    };
  }

  private boolean takeEnd(JsonNode line) {
    var chain = line.path("chain").asText();
    var end = new ChainEnd(chain, line.path("seq").asLong(-1), line.path("hash").asText());
    chains.add(chain);
    if (ends.put(chain, end) != null) endedTwice.add(chain);
    return line.path("seq").isIntegralNumber();
  }

  /// Takes a checkpoint of a chain that was exported, and passes over all else.
  private boolean takeCheckpoint(JsonNode line) {
    if (!line.path("type").asText().equals("checkpoint")) return true;

    var checkpoint = read(CHECKPOINT, line);
    if (checkpoint != null && chains.contains(checkpoint.chain())) add(checkpoint);
    return checkpoint != null;
  }

  private void add(Checkpoint checkpoint) {
    checkpoints.computeIfAbsent(checkpoint.chain(), _ -> new ArrayList<>()).add(checkpoint);
  }

  private static <T> @Nullable T read(Shape<T> shape, JsonNode line) {
    return shape.decodeStored(line) instanceof Decoded.Valid<T>(var value) ? value : null;
  }

  private List<Verdict> check(Path file, PublicKeys believed) throws IOException {
    var checks = new TreeMap<String, ChainCheck>();
    for (var chain : chains) {
      var sorted =
          checkpoints.getOrDefault(chain, List.of()).stream()
              .sorted(Comparator.comparingLong(Checkpoint::seq))
              .iterator();
      checks.put(chain, ChainCheck.fromTheFirst(chain, believed, new Vouching(sorted, null)));
    }
    forEachLine(
        file,
        line -> {
          if (!line.path("type").asText().equals("entry")) return true;
          var entry = read(ENTRY, line);
          if (entry == null) return false;
          var check = checks.get(entry.chain());
          if (check != null) check.entry(entry);
          return check != null;
        });
    var verdicts = new ArrayList<Verdict>();
    checks.forEach(
        (chain, check) ->
            verdicts.add(check.end(endedTwice.contains(chain) ? null : ends.get(chain))));
    return verdicts;
  }
}
