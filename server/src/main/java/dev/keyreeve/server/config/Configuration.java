package dev.keyreeve.server.config;

import dev.keyreeve.platform.setting.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What came of reading the settings.
public sealed interface Configuration {

  /// Nothing is wrong.
  ///
  /// @param file the file that was read; null if there is none
  /// @param lines every setting, in the order of the reference
  record Good(Settings settings, @Nullable Path file, List<Line> lines) implements Configuration {
    public Good {
      lines = List.copyOf(lines);
    }
  }

  /// The server must not start.
  ///
  /// @param problems a sentence for each thing that is wrong, without any secret
  record Bad(List<String> problems) implements Configuration {
    public Bad {
      problems = List.copyOf(problems);
    }
  }

  /// A setting as it holds.
  ///
  /// @param value `[redacted]` for a secret
  /// @param from `flag`, `environment`, `file` or `default`
  /// @param place which flag, variable or file; empty for a default
  record Line(String name, String value, String from, String place) {
    static Line of(Setting<?> setting, @Nullable Given given) {
      if (given == null || given.origin() == Given.Origin.DEFAULT) {
        return new Line(setting.name(), setting.otherwise(), "default", "");
      }
      var from = given.origin().name().toLowerCase(Locale.ROOT);
      var value = setting.secret() ? "[redacted]" : given.text();
      return new Line(setting.name(), value, from, given.place());
    }
  }
}
