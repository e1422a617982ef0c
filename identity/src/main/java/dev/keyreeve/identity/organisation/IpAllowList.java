package dev.keyreeve.identity.organisation;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.util.LinkedHashSet;
import java.util.List;

/// A list of addresses and ranges as people write it: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`.
public final class IpAllowList {
  /// Most entries of one list.
  public static final int MAX = 100;

  /// The field that holds it.
  public static final String FIELD = "ip_allow_list";

  public static final Reason BAD_RANGE =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "bad_address_range",
          "Each entry is an address or a range: 192.0.2.7, 10.0.0.0/8, 2001:db8::/32.");

  private IpAllowList() {}

  /// The entries in their shortest form, each once.
  ///
  /// @param faults is told of each entry that is none
  public static List<String> read(List<String> entries, Faults faults) {
    var read = new LinkedHashSet<String>();
    for (int i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      try {
        read.add(Cidr.parse(entry).toString());
      } catch (IllegalArgumentException objection) {
        faults.add(
            FIELD + "[" + i + "]",
            BAD_RANGE,
            BAD_RANGE.word(),
            isAddressWithPrefix(entry)
                ? "This is no range: " + objection.getMessage() + "."
                : "This is neither an IPv4 or IPv6 address nor a range of them.");
      }
    }
    return List.copyOf(read);
  }

  /// Only then is it safe to quote: anything else that was pasted here may be a secret.
  private static boolean isAddressWithPrefix(String entry) {
    return entry.matches("[0-9a-fA-F.:]+/[0-9]{1,3}")
        && Address.parseOrNull(entry.substring(0, entry.indexOf('/'))) != null;
  }
}
