package dev.keyreeve.platform.setting;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the settings say, each by itself.
///
/// @param byName the values that there are, defaults included
public record Values(Map<String, Object> byName) {
  public Values {
    byName = Map.copyOf(byName);
  }

  /// Those of some settings, for who is to see no others.
  public Values of(Collection<Setting<?>> settings) {
    var names = settings.stream().map(Setting::name).collect(Collectors.toSet());
    var some = new HashMap<>(byName);
    some.keySet().retainAll(names);
    return new Values(some);
  }

  /// The value, or null where there is none: nothing was given, or what was given is no such thing.
  @SuppressWarnings("unchecked") // each value was read by its own setting
  public <T> @Nullable T find(Setting<T> setting) {
    return (T) byName.get(setting.name());
  }

  /// The value of a setting that has a default. Where something else was given that is no such
  /// thing, the default stands in, so that all else that is wrong can be told as well.
  public <T> T get(Setting<T> setting) {
    var value = find(setting);
    if (value != null) return value;

    var standard = setting.standard();
    var otherwise = standard == null ? null : setting.kind().reader().read(standard);
    if (otherwise == null) throw new IllegalArgumentException(setting.name() + " has no default");
    return otherwise;
  }

  public boolean has(Setting<?> setting) {
    return byName.containsKey(setting.name());
  }

  public boolean is(Setting<Boolean> setting) {
    return Boolean.TRUE.equals(find(setting));
  }

  /// Adds a problem if one setting is given without another that it needs.
  public void requireOther(Setting<?> one, Setting<?> other, List<String> problems) {
    if (has(one) && !has(other)) {
      problems.add(other.name() + ": is missing; " + one.name() + " needs it.");
    }
  }
}
