package dev.keyreeve.procedure;

import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The input of a mutation's bulk form: what the mutation takes, up to 500 times.
public record Bulk<I>(@Items(min = 1, max = 500) List<I> items) {

  /// One answer for each item, in the order of the items.
  public record Answers<O>(List<Answer<O>> items) {}

  /// Exactly one of the two.
  public record Answer<O>(@Nullable O result, @Nullable Refusal error) {}

  /// Why one item was refused; the others are not touched by it.
  public record Refusal(String code, String reason, String message) {
    static Refusal of(Problem problem) {
      return new Refusal(problem.code().name(), problem.reason().word(), problem.message());
    }
  }

  /// The bulk form of a mutation. Each item is carried out as if it had been called alone, and a
  /// refusal is the answer of its item. A failure of the server ends the call; what was done before
  /// it stays done.
  public static <I, O> Procedure<Bulk<I>, Answers<O>> of(
      Procedure<I, O> single, String name, Route route) {
    if (!(single.handler() instanceof Handler.Answering<I, O> handler)
        || single.content() != null) {
      throw new IllegalStateException(single + " has no bulk form");
    }
    return new Procedure<>(
        single.kind(),
        name,
        single.requirement(),
        route,
        single.summary() + " Up to 500 at once, each answered by itself.",
        Shapes.of(Bulk.class, single.input()),
        Success.of(Shapes.of(Answers.class, single.output())),
        Set.of(),
        Caps.BULK,
        false,
        each(single, handler));
  }

  /// Calls for each item, in order.
  private static <I, O> Handler.Answering<Bulk<I>, Answers<O>> each(
      Procedure<I, O> single, Handler.Answering<I, O> handler) {
    return call -> {
      var answers = new ArrayList<Answer<O>>();
      var json = call.json().get("items");
      for (int i = 0; i < call.input().items().size(); i++) {
        var item = call.input().items().get(i);
        var outcome =
            handler.answer(new Call<>(single, call.caller(), item, json.get(i), call.at()));
        answers.add(
            switch (outcome) {
              case Outcome.Done<O>(var value) -> new Answer<>(value, null);
              case Outcome.Refused<O>(var problem) -> new Answer<>(null, Refusal.of(problem));
            });
      }
      return Outcome.done(new Answers<>(answers));
    };
  }
}
