package dev.keyreeve.directdebit.collector.moment;

import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tx;

/// A job that is done at a moment, in the moment's transaction, whose `now` is the moment's own
/// time. The lock of the service user's row is held.
@FunctionalInterface
public interface Job {
  void at(Moment moment, ServiceUser user, Across across);

  /// A job in each workspace that collects by the service user, in the order of their ids.
  static Job inEachWorkspace(InWorkspace work) {
    return (moment, user, across) -> {
      for (var workspace : ServiceUsers.workspaces(across.handle(), user.id())) {
        across.in(
            workspace,
            tx -> {
              work.at(moment, tx);
              return tx;
            });
      }
    };
  }

  /// What is done in one workspace.
  @FunctionalInterface
  interface InWorkspace {
    void at(Moment moment, Tx tx);
  }
}
