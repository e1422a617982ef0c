package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Procedure;
import java.util.List;
import java.util.random.RandomGenerator;

/// What can be done with collections: read with a key, changed by people alone.
public final class CollectionProcedures {

  private final CollectionQueries queries;
  private final CollectionMutations changes;

  public CollectionProcedures(Tenancy tenancy, BacsCalendar calendar, RandomGenerator random) {
    this.queries = new CollectionQueries(tenancy);
    this.changes = new CollectionMutations(tenancy, calendar, random);
  }

  /// For callers with a key.
  public List<Procedure<?, ?>> procedures() {
    return queries.procedures();
  }

  /// For signed-in people.
  public List<Procedure<?, ?>> operatorsProcedures() {
    return changes.procedures();
  }
}
