package dev.keyreeve.platform.setting;

import java.util.List;

/// The settings of one part of the product, such as a service, and what they come to together.
///
/// @param settings in the order of the reference
/// @param reader turns their values into what the part is made with
public record SettingGroup<S>(List<Setting<?>> settings, Reader<S> reader) {
  public SettingGroup {
    settings = List.copyOf(settings);
  }

  /// Makes one thing of the values of a group.
  @FunctionalInterface
  public interface Reader<S> {
    /// It is asked even if something is wrong already, since all faults are told at once. What it
    /// answers holds only if there are no problems in the end.
    ///
    /// @param values of the group's own settings
    /// @param problems where it adds a sentence for each thing that is wrong, without any secret
    S read(Values values, List<String> problems);
  }

  /// Settings of which none contradicts another; the part asks for them one by one.
  public static SettingGroup<Values> of(Setting<?>... settings) {
    return new SettingGroup<>(List.of(settings), (values, _) -> values);
  }
}
