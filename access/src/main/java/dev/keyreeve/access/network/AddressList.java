package dev.keyreeve.access.network;

import java.util.List;

/// The ranges from which something may be used. An empty list restricts nothing.
public record AddressList(List<Cidr> ranges) {

  /// The list that every address passes, the unknown one included.
  public static final AddressList UNRESTRICTED = new AddressList(List.of());

  public AddressList {
    ranges = List.copyOf(ranges);
  }

  /// Whether a call from this address passes. [Address#UNKNOWN] passes the empty list alone.
  /// Allocates nothing.
  public boolean allows(Address address) {
    int size = ranges.size();
    for (int i = 0; i < size; i++) {
      if (ranges.get(i).contains(address)) return true;
    }
    return size == 0;
  }
}
