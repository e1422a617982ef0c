/// Where a call comes from: addresses, ranges of them, and the lists that confine a key to its own
/// network. Names are never resolved here; text is a literal address or it is refused. Open
/// [dev.keyreeve.access.network.AddressList] first.
@NullMarked
package dev.keyreeve.access.network;

import org.jspecify.annotations.NullMarked;
