package dev.keyreeve.identity.session;

import dev.keyreeve.access.network.Address;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/// Bounds how often one address may fail to prove who it is: 20 failures at once, and one more
/// every 30 seconds. An IPv6 address stands for its /64, which is one subscriber's.
///
/// The table never grows: an address has the slot that a keyed hash gives it, so that nobody can
/// choose whom to share one with. Two addresses in one slot share its failures, which is an error
/// on the strict side.
///
/// Threads: any number; none waits.
public final class AddressThrottle {
  static final int AT_ONCE = 20;
  static final long EVERY_MILLIS = 30_000;
  private static final int SLOTS = 1 << 16;

  // The instant at which all failures of a slot are forgiven: each moves it on by EVERY_MILLIS.
  private final AtomicLongArray forgivenAt = new AtomicLongArray(SLOTS);
  private final long key;

  public AddressThrottle(SecureRandom random) {
    this.key = random.nextLong();
  }

  /// Counts an attempt as a failure before it is known to be one, so that attempts at the same time
  /// do not pass together. [#succeeded] takes it back.
  ///
  /// @return 0, or how many milliseconds to wait; then nothing was counted
  long attempt(Address address, long nowMillis) {
    int slot = slotOf(address);
    while (true) {
      long before = forgivenAt.get(slot);
      long after = Math.max(before, nowMillis) + EVERY_MILLIS;
      long wait = after - nowMillis - AT_ONCE * EVERY_MILLIS;
      if (wait > 0) return wait;
      if (forgivenAt.compareAndSet(slot, before, after)) return 0;
    }
  }

  /// The last attempt was none to worry about.
  void succeeded(Address address) {
    forgivenAt.addAndGet(slotOf(address), -EVERY_MILLIS);
  }

  private int slotOf(Address address) {
    long high = address.high();
    long low = address.isIpv4() ? address.low() : 0;
    long hash = mix(mix(high ^ key) ^ low);
    return (int) (hash >>> 48) & (SLOTS - 1);
  }

  /// The finaliser of SplitMix64.
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
