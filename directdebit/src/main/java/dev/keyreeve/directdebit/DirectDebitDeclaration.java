package dev.keyreeve.directdebit;

import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.platform.service.ServiceDeclaration;
import dev.keyreeve.platform.service.Supply;
import dev.keyreeve.platform.setting.SettingGroup;
import dev.keyreeve.procedure.command.Word;
import java.util.List;

/// What is known of direct debit before it runs.
public final class DirectDebitDeclaration implements ServiceDeclaration<DirectDebitSettings> {
  @Override
  public String brand() {
    return DirectDebit.BRAND;
  }

  @Override
  public ScopeCatalogue scopes() {
    return DirectDebit.SCOPES;
  }

  @Override
  public SettingGroup<DirectDebitSettings> settings() {
    return DirectDebitSettings.GROUP;
  }

  @Override
  public List<String> eventTypes() {
    return DirectDebit.EVENT_TYPES;
  }

  @Override
  public List<SealedColumn> sealedColumns() {
    return DirectDebit.SEALED_COLUMNS;
  }

  /// Without a weight table, account numbers of real banks are not checked.
  @Override
  public List<Supply> supplies(DirectDebitSettings settings) {
    var weights = settings.weights();
    return List.of(
        new Supply(
            "weight table",
            !weights.isSynthetic(),
            weights.isSynthetic()
                ? "None is given, so account numbers of real banks are not checked."
                : "It has " + weights.size() + " rows.",
            "Give direct-debit.modulus-weights.",
            "No weight table is given, so account numbers of live workspaces are not checked."));
  }

  @Override
  public List<Word> commands() {
    return DirectDebitCommands.words();
  }

  @Override
  public DirectDebit make(Platform platform, DirectDebitSettings settings) {
    return new DirectDebit(platform, settings);
  }
}
