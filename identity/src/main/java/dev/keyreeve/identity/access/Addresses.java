package dev.keyreeve.identity.access;

import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.network.Cidr;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;

/// The address list that a row holds.
final class Addresses {
  private Addresses() {}

  static AddressList of(ResultSet row) throws SQLException {
    var ranges = (String[]) row.getArray("addresses").getArray();
    return ranges.length == 0
        ? AddressList.UNRESTRICTED
        : new AddressList(Stream.of(ranges).map(Cidr::parse).toList());
  }
}
