package dev.keyreeve.access.limit;

import dev.keyreeve.access.network.Address;
import java.security.SecureRandom;

/// Counts calls against a limit of each address: an IPv4 address, or the first 64 bits of an IPv6
/// one, which is what one customer of a network gets.
///
/// It has a fixed number of cells, 512 KiB in all, so no number of addresses makes it grow. Two
/// addresses may share a cell, and then its limit: with `n` busy addresses, a further one does so
/// with a chance of `n` in 65,536. Which ones do is drawn anew at each start, so that nobody can
/// choose whom to share with.
///
/// Threads: any number may spend; none of them waits.
public final class AddressMeter {
  private static final int CELL_BITS = 16;

  private final Meter meter = new Meter();
  private final int callsPerMinute;
  private final long seed;
  private final int cellBits;

  /// @param callsPerMinute of each address, 1 or more
  public AddressMeter(int callsPerMinute) {
    this(callsPerMinute, new SecureRandom().nextLong(), CELL_BITS);
  }

  AddressMeter(int callsPerMinute, long seed, int cellBits) {
    this.callsPerMinute = callsPerMinute;
    this.seed = seed;
    this.cellBits = cellBits;
    for (int i = 0; i < 1 << cellBits; i++) meter.allocate();
  }

  /// Pays for `cost` calls from this address.
  ///
  /// @param nowMillis milliseconds since the epoch
  public Spending spend(Address address, int cost, long nowMillis) {
    return meter.spend(limitOf(address), cost, nowMillis);
  }

  /// What [#spend] would answer now. Spends nothing.
  public Spending probe(Address address, int cost, long nowMillis) {
    return meter.probe(limitOf(address), cost, nowMillis);
  }

  private Limit limitOf(Address address) {
    long hash = mix(mix(address.high() ^ seed) ^ (address.isIpv4() ? address.low() : 0) ^ ~seed);
    return Limit.of((int) (hash >>> (Long.SIZE - cellBits)), (int) hash, callsPerMinute);
  }

  /// Spreads each bit over all, by the finalizer of MurmurHash3.
  private static long mix(long bits) {
    long mixed = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
