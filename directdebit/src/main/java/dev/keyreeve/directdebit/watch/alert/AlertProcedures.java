package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What callers with a key can do with alerts.
public final class AlertProcedures {

  private final Tenancy tenancy;
  private final RandomGenerator random;

  public AlertProcedures(Tenancy tenancy, RandomGenerator random) {
    this.tenancy = tenancy;
    this.random = random;
  }

  public List<Procedure<?, ?>> procedures() {
    var all = new ArrayList<Procedure<?, ?>>();
    all.addAll(new AlertQueries(tenancy).procedures());
    all.addAll(new AlertMutations(tenancy, random).procedures());
    return all;
  }
}
