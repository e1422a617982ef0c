package dev.keyreeve.directdebit.rail.scheme;

import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/// A way to reach payers' banks. What comes back is told as [SchemeEvent]s, by whoever reads the
/// scheme's reports.
public interface Scheme {

  SchemeKind kind();

  /// Whether submissions are files, and reports come as files.
  boolean needsFiles();

  /// Puts what is due into submissions, each of which is sent whole. Called in the transaction of
  /// the run, so it speaks to nobody: equal batches give equal submissions.
  Sealing seal(Batch batch);

  /// Hands over what can be handed over inside the run's transaction, because it stays in the same
  /// database.
  ///
  /// @return whether it has been sent with that
  default boolean handOver(Handle handle, ServiceUser user, String submission, Sealed sealed) {
    return false;
  }

  /// Sends a submission after it is committed; called again until it returns, so what was sent
  /// before must not be sent twice.
  ///
  /// @param clock shows when what comes of it happens
  /// @return whether it has been sent; a scheme whose files a person takes away sends nothing
  default boolean deliver(ServiceUser user, String submission, InstantSource clock) {
    return false;
  }
}
