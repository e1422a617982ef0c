package dev.keyreeve.directdebit.mandate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.util.random.RandomGenerator;

/// Creates mandates as `mandates.create` does, from what something else has read.
public final class NewMandates {
  private static final Shape<CreateMandate> INPUT = Shapes.of(CreateMandate.class);

  private final MandateMutations changes;

  public NewMandates(
      Tenancy tenancy, BankAccounts accounts, Debits debits, RandomGenerator random) {
    this.changes = new MandateMutations(tenancy, accounts, debits, random);
  }

  /// What a mandate is created from.
  public static Form.RecordForm form() {
    return (Form.RecordForm) INPUT.form();
  }

  /// Creates a mandate; a refusal leaves nothing behind.
  public Outcome<MandateId> create(Tx tx, JsonNode input) {
    return switch (INPUT.decode(input)) {
      case Decoded.Invalid<CreateMandate>(var issues) ->
          new Outcome.Refused<>(Problem.invalidInput(issues));
      case Decoded.Valid<CreateMandate>(var mandate) ->
          tx.attempt(() -> changes.create(tx, mandate))
              .then(change -> Outcome.done(change.mandate().id()));
    };
  }
}
