package dev.keyreeve.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Scope;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// Nanoseconds and bytes of a decision, beside one SHA-256 of the text that it starts from.
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseCompactObjectHeaders"})
public class DecisionBenchmark {
  private static final Audience AUDIENCE = new Audience.Keys("dd");
  private static final Requirement TO_READ = Requirement.holds(Scope.parse("mandates:read"));

  /// How many keys there are.
  @Param({"10000", "1000000"})
  public int keys;

  /// Whether each call comes with another key, or all with one.
  @Param({"random", "hot"})
  public String callers = "";

  private final Address client = Address.parse("127.0.0.1");
  private World world = new World(new int[] {0});
  private AccessCheck access = new AccessCheck(world.meter);
  private String[] texts = {};
  private Lookup[] lookups = {};
  private int next;

  private final MessageDigest sha256 = sha256();
  private final byte[] bytes = World.token(0).secret().reveal().getBytes(ISO_8859_1);
  private final byte[] digest = new byte[32];

  @Setup
  public void fill() {
    // Walked in the order of their numbers, but made in another, so that no cache can foresee one.
    world = new World(shuffled(keys));
    access = new AccessCheck(world.meter);
    texts = new String[callers.equals("hot") ? 1 : keys];
    lookups = new Lookup[texts.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = World.token(i).secret().reveal();
      lookups[i] = world.directory.lookup(texts[i], System.currentTimeMillis());
    }
  }

  @Benchmark
  public byte[] sha256OfTheText() throws DigestException {
    sha256.update(bytes);
    sha256.digest(digest, 0, digest.length);
    return digest;
  }

  @Benchmark
  public Decision textToDecision(Blackhole hole) {
    return decide(world.directory.lookup(texts[advance()], System.currentTimeMillis()), hole);
  }

  @Benchmark
  public Decision lookupToDecision(Blackhole hole) {
    return decide(lookups[advance()], hole);
  }

  private Decision decide(Lookup lookup, Blackhole hole) {
    var admission = access.admit(lookup, AUDIENCE, client, 1, System.currentTimeMillis());
    hole.consume(admission);
    return access.permit(((Decision.Admitted) admission).subject(), TO_READ);
  }

  private int advance() {
    int current = next;
    next = current + 1 == texts.length ? 0 : current + 1;
    return current;
  }

  private static int[] shuffled(int length) {
    var order = IntStream.range(0, length).toArray();
    var random = new java.util.Random(1);
    for (int i = length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
    return order;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
