package dev.keyreeve.directdebit.mandate;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The answer to a request or a report: what becomes of the mandate.
public sealed interface Move {

  /// The state after the answer; the same as before unless the mandate [Moved].
  MandateState state();

  /// The answer to a wish to take up a mandate again.
  sealed interface Reactivation extends Move {}

  /// The mandate goes on as `state`. The feed says `event`, and the `effects` belong to the same
  /// transaction.
  record Moved(MandateState state, MandateEvent event, Set<Effect> effects)
      implements Reactivation {
    public Moved {
      effects = Set.copyOf(effects);
    }

    Moved(MandateState state, MandateEvent event, Effect... effects) {
      this(state, event, Set.of(effects));
    }

    /// Whether the account that came with the report or the request is debited from now on.
    public boolean usesNewAccount() {
      return effects.contains(Effect.UPDATE_BANK_DETAILS);
    }
  }

  /// It is so already, or the mandate is not concerned.
  record Unchanged(MandateState state) implements Move {}

  /// The state does not know this move. A collector is told what it does know; a report that gets
  /// this answer does not fit what is known here and needs a person.
  record Illegal(MandateState state) implements Move {
    public Set<MandateAction> allowedActions() {
      return state.allowedActions();
    }
  }

  /// The report is understood, but what is known here speaks against it. Nothing has changed, and a
  /// person looks.
  ///
  /// @param why in a sentence
  /// @param confirmed what becomes of the mandate if a person stands by the report; null if the
  ///   mandate cannot follow it at all
  record Doubtful(MandateState state, String why, @Nullable Moved confirmed) implements Move {}

  /// The state knows reactivation, but this mandate may not come back, or not yet.
  record NotReactivatable(MandateState state, Obstacle obstacle) implements Reactivation {}
}
