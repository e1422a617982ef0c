package dev.keyreeve.platform.setting;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One setting: its name in the file, how its text is read, and what it means. Its variable, its
/// flag and its row in the reference follow from that.
///
/// @param name lower-case words joined by `-`, in groups divided by dots, such as `http.port`
/// @param standard the text that holds where none is given; null if there is none
/// @param unset what holds where nothing is given, for people; empty if that is `standard`
/// @param secret whether its text must not be shown, and so is no flag, which other users see
/// @param meaning one sentence
public record Setting<T>(
    String name,
    Kind<T> kind,
    @Nullable String standard,
    String unset,
    boolean secret,
    String meaning) {
  private static final String PREFIX = "KEYREEVE_";

  public Setting {
    if (!name.matches("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)?")) {
      throw new IllegalArgumentException("not the name of a setting: " + name);
    }
  }

  public static <T> Setting<T> of(String name, Kind<T> kind, String standard, String meaning) {
    return new Setting<>(name, kind, standard, "", false, meaning);
  }

  /// A setting that may have no value.
  public static <T> Setting<T> optional(String name, Kind<T> kind, String unset, String meaning) {
    return new Setting<>(name, kind, null, unset, false, meaning);
  }

  public static <T> Setting<T> secret(String name, Kind<T> kind, String unset, String meaning) {
    return new Setting<>(name, kind, null, unset, true, meaning);
  }

  /// The group `http` is what the server is about, and left out: `KEYREEVE_PORT`.
  public String environment() {
    return PREFIX + shortName('_').toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /// `--port`, or null for a secret.
  public @Nullable String flag() {
    return secret ? null : "--" + shortName('-');
  }

  private String shortName(char separator) {
    return (name.startsWith("http.") ? name.substring("http.".length()) : name)
        .replace('.', separator);
  }

  /// What holds where nothing is given, as people read it.
  public String otherwise() {
    return standard == null ? unset : standard;
  }
}
