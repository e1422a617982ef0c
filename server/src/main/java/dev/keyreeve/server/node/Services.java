package dev.keyreeve.server.node;

import dev.keyreeve.directdebit.DirectDebitSettings;
import dev.keyreeve.platform.setting.SettingGroup;
import java.util.List;

/// The services that a server runs.
public final class Services {
  /// What can be set of them.
  public static final List<SettingGroup<?>> SETTINGS = List.of(DirectDebitSettings.GROUP);

  private Services() {}
}
