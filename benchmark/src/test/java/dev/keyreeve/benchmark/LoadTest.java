package dev.keyreeve.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadTest {
  @Test
  void readsWhatTheScriptOfTheLoadPrints() {
    var load =
        Load.parse(
            """
            Running 10s test @ http://127.0.0.1:8080/healthz
            requests=500000 micros=10000000 refused=2500 broken=0 p50=800 p99=4000
            """);

    assertThat(load).isEqualTo(new Load(500_000, 10_000_000, 2_500, 0, 4_000));
    assertThat(load.requestsPerSecond()).isEqualTo(50_000);
    assertThat(load.shareRefused()).isEqualTo(0.005);
  }

  @Test
  void doesNotTakeSilenceForAResult() {
    assertThatThrownBy(() -> Load.parse("unable to connect"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unable to connect");
  }
}
