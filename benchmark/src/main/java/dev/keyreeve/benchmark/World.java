package dev.keyreeve.benchmark;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.Scopes;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeySecret;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.directdebit.DirectDebit;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A directory of many keys, 100 in each organisation. No limit is ever reached, so that each call
/// is paid for; the texts of the keys are made again at will and kept nowhere.
final class World {
  private static final int KEYS_OF_EACH = 100;
  private static final long SEED = 20260101;

  private final Pepper pepper = new Pepper(1, new byte[Pepper.MIN_LENGTH]);
  private final Scopes scopes =
      DirectDebit.SCOPES.grant(Set.of(Scope.parse("mandates:read"), Scope.parse("mandates:write")));

  final Meter meter = new Meter();
  final KeyDirectory directory;

  /// @param order in which the keys enter the directory: 0 to one fewer than there are
  World(int[] order) {
    var lease = new Lease(Duration.ofDays(1), System::nanoTime);
    lease.renewFrom(lease.mark());
    directory = new KeyDirectory(Peppers.of(pepper), lease);

    var organisations = new Organisation[(order.length - 1) / KEYS_OF_EACH + 1];
    for (int i = 0; i < organisations.length; i++) {
      organisations[i] =
          new Organisation(
              "org_" + i,
              new Organisation.Standing(false, unreachable(i), AddressList.UNRESTRICTED));
    }
    for (int i : order) {
      directory.put(key(token(i), organisations[i / KEYS_OF_EACH]));
    }
  }

  /// The text of one of the keys: always the same for the same number.
  static KeyToken token(int number) {
    RandomGenerator random = new Random(SEED + number);
    return KeyToken.issue(DirectDebit.BRAND, Environment.LIVE, KeyId.random(random), random);
  }

  private Key key(KeyToken token, Organisation organisation) {
    return new Key(
        token.id(),
        "dd_live_",
        organisation,
        organisation.id(),
        scopes,
        KeyState.ACTIVE,
        0,
        Key.NEVER,
        AddressList.UNRESTRICTED,
        unreachable(token.id().hashCode()),
        KeySecret.of(1, pepper.version(), Key.NEVER, pepper.digest(token)),
        null);
  }

  private Limit unreachable(int hash) {
    return Limit.of(meter.allocate(), hash, Integer.MAX_VALUE);
  }
}
