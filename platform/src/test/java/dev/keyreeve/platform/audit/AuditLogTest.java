package dev.keyreeve.platform.audit;

import static dev.keyreeve.platform.audit.AuditWorld.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.shape.OneTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
  @TempDir Path folder;

  @Test
  void staysOneChainWhenManyAppendAtOnce() throws Exception {
    int threads = 16;
    int each = 25;
    long all = 400;
    try (var world = new AuditWorld(folder);
        var pool = Executors.newFixedThreadPool(threads)) {
      var together = new CyclicBarrier(threads);
      List<Future<?>> writers =
          IntStream.range(0, threads)
              .<Future<?>>mapToObj(
                  i ->
                      pool.submit(
                          () -> {
                            together.await();
                            for (int n = 0; n < each; n++) append(world, "writer" + i);
                            return null;
                          }))
              .toList();
      for (var writer : writers) writer.get();

      assertThat(world.verdict(CHAIN)).isEqualTo(new Verdict(CHAIN, all, 0, null));
      assertThat(world.trail.part(CHAIN, null).entries())
          .extracting(ChainedEntry::seq)
          .isEqualTo(LongStream.rangeClosed(1, all).boxed().toList());
    }
  }

  private static void append(AuditWorld world, String target) {
    var entry =
        new AuditEntry(
            CHAIN,
            TestPlatform.START,
            Actor.SYSTEM,
            "key.issued",
            new Target("key", target),
            Map.of());
    world.database.jdbi().useTransaction(handle -> AuditLog.append(handle, entry));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set action = 'key.activated'",
        "delete from audit_entry",
        "delete from audit_entry where seq = 2",
        "truncate audit_entry",
        "truncate audit_chain cascade",
        "delete from audit_chain",
        "update audit_chain set seq = 1",
        "update audit_chain set seq = seq",
        "update audit_chain set chain = 'org_z'",
        "update audit_checkpoint set seq = 1",
        "delete from audit_checkpoint",
        "truncate audit_checkpoint"
      })
  void refusesTheOwnerOfTheTablesToRewriteHistory(String statement) {
    try (var world = new AuditWorld(folder)) {
      world.append(CHAIN, 3);
      world.sign();

      assertThatThrownBy(() -> world.database.jdbi().useHandle(handle -> handle.execute(statement)))
          .hasMessageContaining("are evidence");

      assertThat(world.verdict(CHAIN)).isEqualTo(new Verdict(CHAIN, 3, 3, null));
    }
  }

  static List<Object> whatHoldsASecretOrIsNotPlain() {
    return List.of(
        Secret.of("canary"),
        new OneTime("canary"),
        List.of(Secret.of("canary")),
        Map.of("inside", new OneTime("canary")),
        TestPlatform.START,
        0.5);
  }

  @ParameterizedTest
  @MethodSource("whatHoldsASecretOrIsNotPlain")
  void takesNoDetailThatIsASecretOrHasNoOneForm(Object detail) {
    assertThatThrownBy(
            () ->
                new AuditEntry(
                    CHAIN,
                    TestPlatform.START,
                    Actor.SYSTEM,
                    "key.issued",
                    Target.key("k"),
                    Map.of("detail", detail)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key.issued")
        .hasMessageNotContaining("canary");
  }
}
