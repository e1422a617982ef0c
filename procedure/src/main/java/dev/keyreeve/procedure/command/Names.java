package dev.keyreeve.procedure.command;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How the names of fields are spelled on the command line, whether in JSON they are `snake_case`
/// or `camelCase`.
final class Names {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern JOINT = Pattern.compile("_([a-z0-9])");

  private Names() {}

  static String kebab(String field) {
    return HUMP.matcher(field).replaceAll("-").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  static String camel(String field) {
    return JOINT.matcher(field).replaceAll(joint -> joint.group(1).toUpperCase(Locale.ROOT));
  }

  /// `a, b or c`
  static String oneOf(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
