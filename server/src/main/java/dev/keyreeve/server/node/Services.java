package dev.keyreeve.server.node;

import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.directdebit.DirectDebitDeclaration;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.mail.MailQueue;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.platform.service.Service;
import dev.keyreeve.platform.service.ServiceDeclaration;
import dev.keyreeve.platform.service.Supply;
import dev.keyreeve.platform.setting.SettingGroup;
import dev.keyreeve.platform.webhook.Webhooks;
import dev.keyreeve.procedure.command.Word;
import dev.keyreeve.server.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The services that a server runs, and what follows from their declarations. This is the only
/// place of the server that knows a service by name.
public final class Services {
  /// Those of the product: a line each.
  public static final Services SHIPPED = new Services(List.of(new DirectDebitDeclaration()));

  private final Map<String, ServiceDeclaration<?>> byBrand = new LinkedHashMap<>();

  /// @throws IllegalArgumentException if two have one brand
  public Services(List<ServiceDeclaration<?>> declarations) {
    for (var declaration : declarations) {
      if (byBrand.put(declaration.brand(), declaration) != null) {
        throw new IllegalArgumentException("two services are " + declaration.brand());
      }
    }
  }

  private Stream<ServiceDeclaration<?>> all() {
    return byBrand.values().stream();
  }

  /// What can be set of them.
  public List<SettingGroup<?>> settings() {
    return all().<SettingGroup<?>>map(ServiceDeclaration::settings).toList();
  }

  /// The scopes of each, by the brand that its keys begin with.
  public Map<String, ScopeCatalogue> catalogues() {
    var catalogues = new LinkedHashMap<String, ScopeCatalogue>();
    byBrand.forEach((brand, declaration) -> catalogues.put(brand, declaration.scopes()));
    return catalogues;
  }

  /// Every column of the schema whose values are sealed, those of the platform included.
  public List<SealedColumn> sealedColumns() {
    return Stream.concat(
            all().map(ServiceDeclaration::sealedColumns),
            Stream.of(Webhooks.SEALED_COLUMNS, MailQueue.SEALED_COLUMNS))
        .flatMap(List::stream)
        .toList();
  }

  /// The types of all events that they tell.
  List<String> eventTypes() {
    return all().map(ServiceDeclaration::eventTypes).flatMap(List::stream).toList();
  }

  /// What they add to the command line.
  public List<Word> commands() {
    return all().map(ServiceDeclaration::commands).flatMap(List::stream).toList();
  }

  /// What the operator can supply, and whether it is there.
  public List<Supply> supplies(Settings settings) {
    return all().flatMap(declaration -> supplies(declaration, settings).stream()).toList();
  }

  private static <S> List<Supply> supplies(ServiceDeclaration<S> declaration, Settings settings) {
    return declaration.supplies(settings.of(declaration.settings()));
  }

  MadeServices make(Platform platform, Settings settings) {
    var made = new LinkedHashMap<String, Service>();
    byBrand.forEach((brand, declaration) -> made.put(brand, make(declaration, platform, settings)));
    return new MadeServices(made);
  }

  private static <S> Service make(
      ServiceDeclaration<S> declaration, Platform platform, Settings settings) {
    return declaration.make(platform, settings.of(declaration.settings()));
  }
}
