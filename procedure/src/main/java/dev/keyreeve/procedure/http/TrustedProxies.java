package dev.keyreeve.procedure.http;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.Cidr;
import java.util.List;

/// The ranges of the proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. An empty
/// list trusts nobody.
public record TrustedProxies(List<Cidr> ranges) {
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  public boolean trusts(Address address) {
    int size = ranges.size();
    for (int i = 0; i < size; i++) {
      if (ranges.get(i).contains(address)) return true;
    }
    return false;
  }
}
