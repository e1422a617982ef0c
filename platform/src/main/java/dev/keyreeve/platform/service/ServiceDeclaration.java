package dev.keyreeve.platform.service;

import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.setting.SettingGroup;
import dev.keyreeve.procedure.command.Word;
import java.util.List;

/// What is known of a service before it runs: settings are read, columns are sealed and keys are
/// checked by it before there is anything that it could be made with.
///
/// @param <S> what its settings come to
public interface ServiceDeclaration<S> {
  /// What its keys begin with, and its documents lie under: `dd`.
  String brand();

  ScopeCatalogue scopes();

  SettingGroup<S> settings();

  /// The types of all events that it tells, which webhooks can be had of.
  default List<String> eventTypes() {
    return List.of();
  }

  /// Where it keeps sealed values.
  default List<SealedColumn> sealedColumns() {
    return List.of();
  }

  /// What the operator can supply and a sandbox does without.
  default List<Supply> supplies(S settings) {
    return List.of();
  }

  /// What it adds to the server's command line.
  default List<Word> commands() {
    return List.of();
  }

  /// Makes the service; nothing happens yet.
  Service make(Platform platform, S settings);
}
