package dev.keyreeve.directdebit.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.CalendarMonth;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.RollingDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class AlertsPageTest {
  private static final Path PAGE = Path.of("../docs/concepts/alerts.md");

  @Test
  void thePageNamesEveryDefaultRuleAsItIs() throws IOException {
    var rows =
        Files.readAllLines(PAGE).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows).isEqualTo(DefaultRules.ALL.stream().map(AlertsPageTest::row).toList());
  }

  private static String row(Rule rule) {
    var family = rule.family() == null ? "" : " (" + rule.family().word() + ")";
    var cells =
        List.of(
            "`" + rule.name() + "`",
            "`" + rule.metric().word() + "`" + family,
            switch (rule.window()) {
              case RollingDays(int days) -> days + " days";
              case CalendarMonth _ -> "month";
            },
            rule.minSample() == 0 ? "-" : Integer.toString(rule.minSample()),
            level(rule, rule.warn()),
            level(rule, rule.critical()));
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String level(Rule rule, long level) {
    var pence = new Pence(level).toString();
    var bare = pence.endsWith(".00") ? pence.substring(0, pence.length() - 3) : pence;
    return switch (rule.metric().unit()) {
      case BASIS_POINTS -> (rule.metric().isBetterHigh() ? "below " : "") + bare + " %";
      case PENCE -> "£" + bare;
      case COUNT -> Long.toString(level);
      case DAYS_WAITING -> "day " + level;
      case DAYS_LEFT -> level + " left";
    };
  }
}
