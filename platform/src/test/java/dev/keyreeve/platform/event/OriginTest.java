package dev.keyreeve.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.EventLog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "Agent", "9lives", "a b", "ünder", "a-b"})
  void isALowerCaseWord(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Origin(text));
  }

  @Test
  void aWordOfAServicesOwnIsStoredAndReadBack() {
    try (var platform = TestPlatform.start()) {
      var workspace = platform.workspace();
      var told =
          List.of(new Origin("external_api"), Origin.PROGRAM, Origin.USER, new Origin("payer"));

      platform
          .database()
          .jdbi()
          .useTransaction(
              handle ->
                  Across.lastIn(
                      handle,
                      workspace,
                      TestPlatform.START,
                      tx -> told.forEach(origin -> tx.emit(event(origin)))));

      var read =
          platform
              .tenancy()
              .read(
                  workspace,
                  TestPlatform.START,
                  tx -> EventLog.read(tx, List.of("thing.changed"), null, 0, 10));
      assertThat(read).extracting(o -> o.event().origin()).isEqualTo(told);
    }
  }

  private static Event event(Origin origin) {
    return new Event("thing.changed", "thing_1", origin, null, null, "{}");
  }
}
