package dev.keyreeve.platform.audit;

import static dev.keyreeve.platform.audit.AuditWorld.CHAIN;
import static dev.keyreeve.platform.audit.AuditWorld.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.platform.Rounds;
import dev.keyreeve.platform.audit.Flaw.Kind;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is done to an exported file shows without the server that wrote it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditExportTest {
  /// More than one part.
  private static final int LENGTH = AuditTrail.PART + 30;

  private static final JsonMapper json = new JsonMapper();
  private static final Shape<AuditTrail.Part> PART = Shapes.of(AuditTrail.Part.class);

  private final Random random = new Random(20_260_302);
  private AuditWorld world;
  private Path file;
  private Path copies;
  private List<String> lines;

  @BeforeAll
  void export(@TempDir Path folder) throws IOException {
    world = new AuditWorld(folder);
    for (int i = 0; i < 10; i++) {
      world.append(CHAIN, LENGTH / 10);
      world.append(OTHER, 2);
      world.sign();
    }
    file = folder.resolve("export");
    copies = folder.resolve("audit-checkpoints");
    lines = write();
  }

  @AfterAll
  void close() {
    world.close();
  }

  private List<String> write() throws IOException {
    var written = new ArrayList<String>();
    AuditExport.writeHead(json.valueToTree(world.trail.publicKeys()), written::add);
    for (var chain : world.trail.chains()) {
      AuditExport.writeChain(chain, written::add);
      Long after = null;
      do {
        var part = json.readTree(PART.stored(world.trail.part(chain, after)));
        after = AuditExport.writePart(chain, part, written::add);
      } while (after != null);
    }
    return List.copyOf(written);
  }

  private AuditExport.Result verify(List<String> tampered) throws IOException {
    Files.write(file, tampered);
    return AuditExport.verify(file, List.of(world.key.publicKey()), copies);
  }

  private Flaw flaw(List<String> tampered) throws IOException {
    var result = verify(tampered);
    assertThat(result.isGood()).isFalse();
    return Objects.requireNonNull(result.chains().getFirst().flaw(), "nothing was found");
  }

  /// The place of an entry of the longer chain in the file.
  private int placeOf(long seq) {
    for (int i = 0; i < lines.size(); i++) {
      var line = node(i);
      if (isEntry(line) && line.path("seq").asLong() == seq) return i;
    }
    throw new AssertionError("no entry " + seq);
  }

  private static boolean isEntry(JsonNode line) {
    return line.path("type").asText().equals("entry") && line.path("chain").asText().equals(CHAIN);
  }

  private ObjectNode node(int place) {
    try {
      return (ObjectNode) json.readTree(lines.get(place));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int anyEntry() {
    return 1 + random.nextInt(LENGTH);
  }

  @Test
  void verifiesWhatWasLeftAloneAndIsAscii() throws IOException {
    assertThat(verify(lines).chains())
        .containsExactly(
            new Verdict(CHAIN, LENGTH, LENGTH, null), new Verdict(OTHER, 20, 20, null));
    assertThat(AuditExport.verify(file, List.of(), null).isGood()).isTrue();
    assertThat(lines).allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 127));
  }

  @Test
  void namesTheFirstBadEntryWhateverWasDoneToTheEntries() throws IOException {
    for (int i = 0; i < Rounds.of(200); i++) {
      var tampered = new ArrayList<>(lines);
      int seq = anyEntry();
      int place = placeOf(seq);
      long expected = seq;
      switch (random.nextInt(5)) {
        case 0 -> tampered.remove(place);
        case 1 -> tampered.set(place, changed(place));
        case 2 -> {
          int other = 1 + seq % LENGTH;
          tampered.set(place, lines.get(placeOf(other)));
          tampered.set(placeOf(other), lines.get(place));
          expected = Math.min(seq, other);
        }
        case 3 -> {
          tampered.add(place + 1, lines.get(place));
          assertThat(flaw(tampered).kind()).isIn(Kind.INSERTED, Kind.MOVED);
        }
        default -> tampered.removeIf(line -> isEntryFrom(line, seq));
      }

      assertThat(flaw(tampered).seq()).describedAs("round %d", i).isEqualTo(expected);
    }
  }

  private static boolean isEntryFrom(String line, long seq) {
    try {
      var node = json.readTree(line);
      return isEntry(node) && node.path("seq").asLong() >= seq;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The line with one of its fields changed.
  private String changed(int place) {
    var names =
        List.of(
            "at",
            "actor_kind",
            "actor_id",
            "actor_name",
            "address",
            "action",
            "target_kind",
            "target_id",
            "details",
            "hash");
    var node = node(place);
    var name = names.get(random.nextInt(names.size()));
    node.put(name, name.equals("at") ? "2026-01-01T00:00:00Z" : node.path(name).asText() + "0");
    return node.toString();
  }

  @Test
  void missesAnEndThatWasCutOffTogetherWithItsRecordAndItsCheckpoints() throws IOException {
    long kept = LENGTH / 2 + 3;
    var tampered = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      var line = node(i);
      boolean ours = line.path("chain").asText().equals(CHAIN);
      if (ours && line.path("type").asText().equals("end")) {
        line.put("seq", kept).put("hash", node(placeOf(kept)).path("hash").asText());
      } else if (ours && line.path("seq").asLong() > kept) {
        continue;
      }
      tampered.add(line.toString());
    }

    assertThat(flaw(tampered))
        .extracting("kind", "seq")
        .containsExactly(Kind.MISSING_END, kept + 1);
    assertThat(AuditExport.verify(file, List.of(world.key.publicKey()), null).isGood())
        .describedAs("without the newer checkpoints")
        .isTrue();
  }

  @Test
  void doesNotBelieveAnExportThatSomebodyElseSigned(@TempDir Path elsewhere) throws IOException {
    var stranger = CheckpointKey.loadOrCreate(elsewhere.resolve("audit-key"));
    Files.write(file, lines);

    var result = AuditExport.verify(file, List.of(stranger.publicKey()), null);

    assertThat(Objects.requireNonNull(result.chains().getFirst().flaw()).kind())
        .isEqualTo(Kind.BAD_CHECKPOINT);
  }

  @Test
  void missesTheEndThatIsNotInTheFile() throws IOException {
    var tampered = new ArrayList<>(lines);
    tampered.removeIf(line -> line.contains("\"end\"") && line.contains(CHAIN));

    assertThat(flaw(tampered)).extracting("seq").isEqualTo(LENGTH + 1L);
  }

  @Test
  void missesAWholeChainThatIsNotInTheFile() throws IOException {
    var tampered = new ArrayList<>(lines);
    tampered.removeIf(line -> line.contains(CHAIN) && !line.contains("\"type\":\"chain\""));

    assertThat(flaw(tampered)).extracting("seq").isEqualTo(1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "",
        "{\"type\":\"other\"}",
        "{\"type\":\"entry\",\"chain\":\"org_a\"}",
        "{\"type\":\"checkpoint\",\"chain\":\"org_a\"}",
        "{\"type\":\"end\",\"chain\":\"org_a\"}"
      })
  void namesALineThatIsNoneOfAnExport(String line) {
    var tampered = new ArrayList<>(lines);
    tampered.add(4, line);

    assertThatThrownBy(() -> verify(tampered))
        .isInstanceOf(AuditExport.Unreadable.class)
        .hasMessageContaining("Line 5 of");
  }
}
