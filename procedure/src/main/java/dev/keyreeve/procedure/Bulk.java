package dev.keyreeve.procedure;

import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Items;
import java.util.ArrayList;
import java.util.List;
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

  /// Carries out each item as a call of its own, in order.
  static <I, O> Handler.Answering<Bulk<I>, Answers<O>> each(
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
