package dev.keyreeve.platform.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import dev.keyreeve.procedure.json.Json;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies of the newest checkpoint of each chain, away from the database, so that an end which is
/// cut off there together with all traces of it is missed here. One JSON object a line, as in an
/// export; a line is added for each copy, and older ones are left out at the next start.
///
/// Threads: any number.
public final class CheckpointFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CheckpointFile.class);
  private static final Shape<Checkpoint> SHAPE = Shapes.of(Checkpoint.class);

  private final Map<String, Checkpoint> newest;
  private final FileChannel channel;

  private CheckpointFile(Map<String, Checkpoint> newest, FileChannel channel) {
    this.newest = newest;
    this.channel = channel;
  }

  /// Opens the file, or makes an empty one.
  ///
  /// @throws IllegalStateException if others can read it, or a line cannot be understood
  public static CheckpointFile open(Path file) {
    var newest = new HashMap<String, Checkpoint>();
    var text = OwnerOnlyFile.readOrCreate(file, () -> "");
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var checkpoint = parse(lines.get(i));
      if (checkpoint != null) {
        keep(checkpoint, newest);
      } else if (i == lines.size() - 1 && !text.endsWith("\n")) {
        log.info("the last line of {} was not written to its end, and is left out", file);
      } else {
        throw new IllegalStateException("Line " + (i + 1) + " of " + file + " is no checkpoint.");
      }
    }
    var compact = new StringBuilder();
    newest.values().stream()
        .sorted(Comparator.comparing(Checkpoint::chain))
        .forEach(checkpoint -> compact.append(line(checkpoint)));
    OwnerOnlyFile.write(file, compact.toString());
    try {
      return new CheckpointFile(newest, FileChannel.open(file, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The checkpoint in a line, or null if there is none.
  static @Nullable Checkpoint parse(String line) {
    return Json.readIfValid(line).map(CheckpointFile::checkpoint).orElse(null);
  }

  private static @Nullable Checkpoint checkpoint(JsonNode line) {
    return SHAPE.decodeStored(line) instanceof Decoded.Valid<Checkpoint>(var read) ? read : null;
  }

  private static String line(Checkpoint checkpoint) {
    return "{\"type\":\"checkpoint\"," + SHAPE.stored(checkpoint).substring(1) + "\n";
  }

  private static void keep(Checkpoint checkpoint, Map<String, Checkpoint> newest) {
    newest.merge(
        checkpoint.chain(), checkpoint, (old, other) -> other.seq() > old.seq() ? other : old);
  }

  /// Keeps a copy, on disk when this returns, unless the one that is kept is as new.
  synchronized void add(Checkpoint checkpoint) {
    var known = newest.get(checkpoint.chain());
    if (known != null && known.seq() >= checkpoint.seq()) return;

    try {
      var bytes = UTF_8.encode(line(checkpoint));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keep(checkpoint, newest);
  }

  synchronized @Nullable Checkpoint newest(String chain) {
    return newest.get(chain);
  }

  synchronized Collection<Checkpoint> all() {
    return List.copyOf(newest.values());
  }

  /// When the newest of all was made, or the beginning of time.
  synchronized Instant newestAt() {
    return newest.values().stream()
        .map(Checkpoint::at)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
