package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.identity.access.Grantor;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Reasons;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The keys and workspaces that somebody who manages keys may know of.
final class KeyReach {
  private static final String WORKSPACE_ID = "workspace_id";

  private KeyReach() {}

  /// The workspace that is meant. One that is not known of is answered like one that is not there.
  static Outcome<KeyWorkspace> workspace(Handle handle, @Nullable String named, Grantor by) {
    var faults = new Faults();
    var meant = named == null && by.reach() instanceof Reach.OneWorkspace(_, var own) ? own : named;
    var found =
        Optional.ofNullable(meant)
            .filter(by.reach()::includesWorkspace)
            .flatMap(id -> KeyStore.workspace(handle, id));
    if (meant == null) {
      faults.add(WORKSPACE_ID, Reasons.INVALID_INPUT, "required", "This is required.");
    } else if (found.isEmpty()) {
      faults.add(WORKSPACE_ID, Reached.WORKSPACE_NOT_FOUND);
    }
    return faults.or(() -> Outcome.done(found.orElseThrow()));
  }

  /// A key that is not hidden and that may be known of.
  static Outcome<KeyRow> found(Handle handle, KeyId id, Grantor by, Instant now) {
    return known(handle, id, by, now)
        .then(key -> key.isHidden() ? Outcome.refused(KeyRefusals.NO_SUCH_KEY) : Outcome.done(key));
  }

  /// A key that may be known of, hidden or not.
  static Outcome<KeyRow> known(Handle handle, KeyId id, Grantor by, Instant now) {
    return KeyStore.find(handle, id, new Within(by.reach()), now)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(KeyRefusals.NO_SUCH_KEY));
  }
}
