package dev.keyreeve.server.architecture;

import static dev.keyreeve.server.architecture.Architecture.MODULES;
import static dev.keyreeve.server.architecture.Architecture.WINGS;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final List<CompiledClass> PRODUCT = CompiledClass.ofProduct();

  @Test
  void everyModuleIsLookedAt() {
    for (var module : Stream.concat(MODULES.stream(), Stream.of("directdebit")).toList()) {
      assertThat(PRODUCT)
          .as("classes of %s", module)
          .anyMatch(type -> type.name().startsWith("dev.keyreeve." + module + "."));
    }
  }

  @Test
  void packagesFormNoCircle() {
    assertThat(Architecture.circles(PRODUCT)).isEmpty();
  }

  /// Each is a closed set of types with what answers in them, or halves of one thing.
  @Test
  void filesKnowEachOtherOnlyWhereTheyAreOneFamily() {
    assertThat(Architecture.families(PRODUCT))
        .containsExactly(
            "access.network: Address AddressText",
            "access.subject: Anyone CommandLine Key Session Subject",
            "directdebit.bacs.bankreport: Addacs Arudd Auddis Ddica InputReport Report",
            "directdebit.bacs.scheme:"
                + " AddacsReason AruddReason AuddisReason ByCode DdicReason SchemeReason",
            "directdebit.mandate: MandateState Move SchemeMoves",
            "procedure: Call Handler Procedure",
            "procedure.command: Command Flag Invocation Parameter Word",
            "procedure.http: Canonical Client Head HeaderLines Presented Target");
  }

  @Test
  void modulesUseOnlyTheModulesBelowThem() {
    assertThat(Architecture.arrowsAgainstTheOrder(PRODUCT)).isEmpty();
  }

  @Test
  void servicesKnowNeitherIdentityNorEachOther() {
    assertThat(Architecture.arrowsBetweenServices(PRODUCT)).isEmpty();
  }

  @Test
  void wingsOfDirectDebitUseOnlyTheWingsBelowThem() {
    assertThat(Architecture.arrowsAgainstTheOrderOfWings(PRODUCT)).isEmpty();
  }

  @Test
  void everyPackageOfDirectDebitIsInAWing() {
    assertThat(PRODUCT)
        .extracting(CompiledClass::packageName)
        .filteredOn(name -> name.startsWith("dev.keyreeve.directdebit."))
        .allMatch(
            name ->
                WINGS.stream()
                    .map("dev.keyreeve.directdebit."::concat)
                    .anyMatch(wing -> name.equals(wing) || name.startsWith(wing + ".")));
  }

  @Test
  void onlyAccessAsksOfWhichKindASubjectIs() {
    assertThat(Architecture.questionsOfKindOutsideAccess(PRODUCT)).isEmpty();
  }

  @Test
  void theServerKnowsNoServiceByName() {
    assertThat(Architecture.servicesKnownByName(PRODUCT)).isEmpty();
  }

  @Test
  void accessNeedsNothingButTheJdk() {
    assertThat(Architecture.foreignTypesOnTheGround(PRODUCT)).isEmpty();
  }

  @Test
  void onlyTheServerKnowsAnHttpLibrary() {
    assertThat(Architecture.httpBelowTheServer(PRODUCT)).isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(Architecture.packagesWithoutNullMarked(PRODUCT)).isEmpty();
  }

  @Test
  void onlyTheServerSpeaksToTheTerminal() {
    assertThat(Architecture.strayOutput(PRODUCT)).isEmpty();
  }

  @Test
  void aPlantedCircleIsCaughtAndNamed() {
    var left = planted("dev.keyreeve.platform.left.Left", "dev.keyreeve.platform.middle.Middle");
    var middle =
        planted("dev.keyreeve.platform.middle.Middle", "dev.keyreeve.platform.right.Right");
    var right = planted("dev.keyreeve.platform.right.Right", "dev.keyreeve.platform.left.Left");

    var findings = Architecture.circles(List.of(left, middle, right));

    assertThat(findings)
        .containsExactly(
            """
            dev.keyreeve.platform.left -> dev.keyreeve.platform.middle -> dev.keyreeve.platform.right -> dev.keyreeve.platform.left
                dev.keyreeve.platform.left.Left uses dev.keyreeve.platform.middle.Middle
                dev.keyreeve.platform.middle.Middle uses dev.keyreeve.platform.right.Right
                dev.keyreeve.platform.right.Right uses dev.keyreeve.platform.left.Left""");
  }

  @Test
  void aPlantedCircleOfFilesIsCaughtAndNamed() {
    var left = planted("dev.keyreeve.platform.Left", "dev.keyreeve.platform.Right$Half");
    var half = planted("dev.keyreeve.platform.Right$Half", "dev.keyreeve.platform.Left");
    var user = planted("dev.keyreeve.platform.User", "dev.keyreeve.platform.Left");

    assertThat(Architecture.families(List.of(left, half, user)))
        .containsExactly("platform: Left Right");
    assertThat(Architecture.families(List.of(half, user))).isEmpty();
  }

  @Test
  void aPlantedArrowAgainstTheOrderIsCaught() {
    var low = planted("dev.keyreeve.access.Low", "dev.keyreeve.platform.High");

    var findings = Architecture.arrowsAgainstTheOrder(List.of(low));

    assertThat(findings)
        .singleElement()
        .asString()
        .startsWith("dev.keyreeve.access.Low -> dev.keyreeve.platform.High points up");
  }

  @Test
  void aPlantedArrowFromAServiceToIdentityIsCaught() {
    var service = planted("dev.keyreeve.directdebit.Feature", "dev.keyreeve.identity.key.Keys");
    var own = planted("dev.keyreeve.identity.key.Keys", "dev.keyreeve.identity.key.KeyStore");

    assertThat(Architecture.arrowsBetweenServices(List.of(service, own)))
        .singleElement()
        .asString()
        .startsWith("dev.keyreeve.directdebit.Feature -> dev.keyreeve.identity.key.Keys knows");
  }

  @Test
  void aServiceThatNoRuleNamesIsHeldByAll() {
    var beside = planted("dev.keyreeve.made.Feature", "dev.keyreeve.directdebit.DirectDebit");
    var up = planted("dev.keyreeve.made.Feature", "dev.keyreeve.server.node.Server");
    var fromBelow = planted("dev.keyreeve.platform.Low", "dev.keyreeve.made.Feature");
    var server = planted("dev.keyreeve.server.node.Server", "dev.keyreeve.made.Feature");
    var stands = planted("dev.keyreeve.made.Feature", "dev.keyreeve.platform.service.Service");

    assertThat(Architecture.arrowsBetweenServices(List.of(beside, up, stands))).hasSize(1);
    assertThat(Architecture.arrowsAgainstTheOrder(List.of(beside, up, fromBelow, stands)))
        .hasSize(2);
    assertThat(Architecture.servicesKnownByName(List.of(server, stands))).hasSize(1);
  }

  @Test
  void aPlantedArrowAgainstTheOrderOfWingsIsCaught() {
    var low =
        planted(
            "dev.keyreeve.directdebit.mandate.Low", "dev.keyreeve.directdebit.watch.alert.High");
    var toTheRoot =
        planted("dev.keyreeve.directdebit.watch.Top", "dev.keyreeve.directdebit.DirectDebit");

    assertThat(Architecture.arrowsAgainstTheOrderOfWings(List.of(low, toTheRoot))).hasSize(2);
  }

  @Test
  void aPlantedQuestionOfKindIsCaught() {
    var handler =
        planted("dev.keyreeve.directdebit.Handler", "dev.keyreeve.access.subject.Session");
    var facts =
        planted("dev.keyreeve.identity.access.SessionFacts", "dev.keyreeve.access.subject.Session");

    assertThat(Architecture.questionsOfKindOutsideAccess(List.of(handler, facts)))
        .singleElement()
        .asString()
        .startsWith("dev.keyreeve.directdebit.Handler -> dev.keyreeve.access.subject.Session");
  }

  @Test
  void aServiceThatIsPlantedInTheServerIsCaughtBesideTheList() {
    var room = planted("dev.keyreeve.server.node.Server", "dev.keyreeve.directdebit.DirectDebit");
    var list = planted("dev.keyreeve.server.node.Services", "dev.keyreeve.directdebit.DirectDebit");

    assertThat(Architecture.servicesKnownByName(List.of(room, list)))
        .singleElement()
        .asString()
        .startsWith(
            "dev.keyreeve.server.node.Server -> dev.keyreeve.directdebit.DirectDebit knows");
  }

  @Test
  void plantedLibrariesAreCaughtWhereTheyDoNotBelong() {
    var ground = planted("dev.keyreeve.access.Ground", "com.fasterxml.jackson.databind.JsonNode");
    var feature = planted("dev.keyreeve.directdebit.Feature", "io.vertx.core.Vertx");
    var logging = planted("dev.keyreeve.platform.Logging", "java.util.logging.Logger");

    assertThat(Architecture.foreignTypesOnTheGround(List.of(ground))).hasSize(1);
    assertThat(Architecture.httpBelowTheServer(List.of(feature))).hasSize(1);
    assertThat(Architecture.strayOutput(List.of(logging))).hasSize(1);
    assertThat(Architecture.packagesWithoutNullMarked(List.of(feature))).hasSize(1);
  }

  /// A class with one field, whose type it names nowhere else.
  private static CompiledClass planted(String name, String fieldType) {
    return CompiledClass.parse(
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                type -> type.withField("field", ClassDesc.of(fieldType), ClassFile.ACC_PRIVATE)));
  }
}
