package dev.keyreeve.procedure.trpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.procedure.http.TestRequest;
import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.protocol.Protocol.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrpcPlanTest {
  private final SampleServer server = new SampleServer();

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/trpc/mandates.get 1",
        "/trpc/mandates.nothing 1",
        "/trpc/mandates.get,mandates.get 1",
        "/trpc/mandates.get?batch=1 1",
        "/trpc/mandates.get,mandates.nothing,auth.whoami?batch=1 3",
        "/trpc/,?batch=1 2",
        "/trpc/a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a?batch=1 20"
      })
  void costsWhatItNames(String target, int calls) {
    assertThat(open(target).calls()).isEqualTo(calls);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 1_000, 100_000})
  void refusesALongBatchForWhatItsPathLooksLike(int commas) {
    var plan = server.plan(TestRequest.get("/trpc/mandates.get" + ",".repeat(commas) + "?batch=1"));

    assertThat(plan)
        .asInstanceOf(type(Plan.Settled.class))
        .extracting(settled -> settled.reply().status())
        .isEqualTo(400);
  }

  @Test
  void letsEachCallSendWhatItsProcedureTakes() {
    assertThat(open("/trpc/mandates.get").maxBytes()).isEqualTo(Caps.DEFAULT.maxBytes());
    assertThat(open("/trpc/mandates.nothing").maxBytes()).isEqualTo(Caps.DEFAULT.maxBytes());
    assertThat(open("/trpc/mandates.bulkCreate").maxBytes()).isEqualTo(Caps.BULK.maxBytes());
  }

  @Test
  void letsABatchSendWhatItsCallsCouldSendOneByOneUpToAMebibyte() {
    assertThat(open("/trpc/mandates.get,auth.whoami?batch=1").maxBytes())
        .isEqualTo(2 * Caps.DEFAULT.maxBytes());
    assertThat(open("/trpc/mandates.bulkCreate,mandates.create?batch=1").maxBytes())
        .isEqualTo(Caps.BULK.maxBytes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/trpc/auth.whoami true",
        "/trpc/mandates.list false",
        "/trpc/mandates.nothing false",
        "/trpc/mandates.stream false",
        "/trpc/auth.whoami,auth.whoami?batch=1 true",
        "/trpc/auth.whoami,mandates.list?batch=1 false",
        "/trpc/auth.whoami,mandates.nothing?batch=1 false"
      })
  void runsInlineWhereEveryCallMay(String target, boolean inline) {
    assertThat(open(target).inline()).isEqualTo(inline);
  }

  @Test
  void isForTheCallersOfItsApi() {
    assertThat(open("/trpc/auth.whoami").audience()).isEqualTo(new Audience.Keys("dd"));
  }

  private Plan.Open open(String target) {
    var plan = server.plan(TestRequest.get(target));
    assertThat(plan).isInstanceOf(Plan.Open.class);
    return (Plan.Open) plan;
  }
}
