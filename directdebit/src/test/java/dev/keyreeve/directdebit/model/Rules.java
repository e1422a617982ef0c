package dev.keyreeve.directdebit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A table of what may happen: from which statuses, by which event, to which status, at whose
/// hands. `-` is what there is before the beginning, `=` the status that it was.
final class Rules {
  static final String NOTHING = "-";

  private record Rule(Set<String> from, String event, String to, Set<String> by) {}

  private final List<Rule> rules = new ArrayList<>();

  private Rules() {}

  /// @param table a rule a line: `from | event | to | by`, where several words are set apart by
  ///   blanks
  static Rules of(String table) {
    var all = new Rules();
    for (var line : table.lines().toList()) {
      var cells = List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
      if (cells.size() != 4) throw new IllegalArgumentException("no rule: " + line);

      all.rules.add(new Rule(words(cells.get(0)), cells.get(1), cells.get(2), words(cells.get(3))));
    }
    return all;
  }

  private static Set<String> words(String cell) {
    return Set.of(cell.split(" +"));
  }

  boolean allow(String from, String event, String to, String by) {
    return rules.stream()
        .anyMatch(
            rule ->
                rule.event.equals(event)
                    && rule.from.contains(from)
                    && (rule.to.equals("=") ? from : rule.to).equals(to)
                    && rule.by.contains(by));
  }
}
