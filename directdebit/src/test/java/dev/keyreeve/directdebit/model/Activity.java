package dev.keyreeve.directdebit.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How mandates came into force and went out of it, counted move by move.
public final class Activity {
  /// The words of the report, with what each does to the number of mandates in force.
  private static final Map<String, Integer> KINDS =
      Map.of(
          "activated", 1,
          "reinstated", 1,
          "reactivated", 1,
          "cancelledByPayer", -1,
          "cancelledByBank", -1,
          "cancelledByAgent", -1,
          "expired", -1);

  private record Entry(Instant at, String kind) {}

  private final List<Entry> entries = new ArrayList<>();

  /// A mandate has come into force, or out of it.
  ///
  /// @param before its last end before: cancelled, failed or expired
  void moved(Seen event, MandateModel mandate, boolean wasInForce, @Nullable String before) {
    if (wasInForce == mandate.isInForce()) return;

    entries.add(new Entry(event.at(), wasInForce ? end(mandate) : beginning(event, before)));
  }

  private static String beginning(Seen event, @Nullable String before) {
    if (event.type().equals("mandate.reinstated")) return "reinstated";

    return "cancelled".equals(before) || "expired".equals(before) ? "reactivated" : "activated";
  }

  private static String end(MandateModel mandate) {
    if (!mandate.status().equals("cancelled")) return mandate.status();

    return switch (mandate.initiator()) {
      case "payer" -> "cancelledByPayer";
      case "bank" -> "cancelledByBank";
      case "agent" -> "cancelledByAgent";
      case null, default -> throw new IllegalStateException("ended by nobody: " + mandate);
    };
  }

  /// The report's balance of the days from one to another, both included.
  public Map<String, Long> between(LocalDate from, LocalDate to) {
    var start = from.atStartOfDay(MandateModel.LONDON).toInstant();
    var end = to.plusDays(1).atStartOfDay(MandateModel.LONDON).toInstant();
    var balance = new TreeMap<String, Long>();
    KINDS.keySet().forEach(kind -> balance.put(kind, 0L));
    long opening = 0;
    long closing = 0;
    for (var entry : entries) {
      int change = KINDS.getOrDefault(entry.kind(), 0);
      if (entry.at().isBefore(start)) opening += change;
      if (entry.at().isBefore(end)) closing += change;
      if (!entry.at().isBefore(start) && entry.at().isBefore(end)) {
        balance.merge(entry.kind(), 1L, Long::sum);
      }
    }
    balance.put("opening", opening);
    balance.put("closing", closing);
    return balance;
  }
}
