package dev.keyreeve.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final List<CompiledClass> PRODUCT = CompiledClass.ofProduct();
  private static final Set<String> TABLES = Tables.ofProduct();

  @Test
  void theTablesOfEveryModuleAreLookedAt() {
    assertThat(TABLES).contains("workspace", "event", "api_key", "mandate", "collection");
  }

  @Test
  void eachTableIsWrittenByOnePackage() {
    assertThat(Tables.withoutOneHome(PRODUCT, TABLES)).isEmpty();
  }

  @Test
  void whatIsWrittenIsNamed() {
    assertThat(Tables.writtenUnseen(PRODUCT)).isEmpty();
  }

  @Test
  void aPlantedSecondWriterIsCaughtAndNamed() {
    var home = planted("dev.keyreeve.directdebit.mandate.MandateRows", "insert into mandate (id)");
    var guest =
        planted(
            "dev.keyreeve.directdebit.rail.submission.Run",
            """
            update mandate m
            set status = 'submitted'
            """);

    assertThat(Tables.withoutOneHome(List.of(home, guest), Set.of("mandate")))
        .containsExactly(
            "mandate is written by [dev.keyreeve.directdebit.mandate.MandateRows,"
                + " dev.keyreeve.directdebit.rail.submission.Run]");
  }

  @Test
  void aSecondWriterIsCaughtHoweverItWritesItsSql() {
    var home = planted("dev.keyreeve.directdebit.mandate.MandateRows", "insert into mandate (id)");
    var guest =
        planted("dev.keyreeve.directdebit.rail.Guest", "UPDATE ONLY Mandate SET status = 'x'");

    assertThat(Tables.withoutOneHome(List.of(home, guest), Set.of("mandate"))).hasSize(1);
  }

  @Test
  void aPlantedTableThatNobodyWritesIsCaught() {
    var reader = planted("dev.keyreeve.directdebit.mandate.MandateRows", "select id from mandate");

    assertThat(Tables.withoutOneHome(List.of(reader), Set.of("mandate", "scheduled_task")))
        .containsExactly("mandate is written by []");
  }

  @Test
  void aWriterThatIsNotAmongThoseDeclaredIsCaught() {
    var guest =
        planted("dev.keyreeve.directdebit.mandate.MandateRows", "update workspace set name = 'x'");

    assertThat(Tables.withoutOneHome(List.of(guest), Set.of("workspace"))).hasSize(1);
  }

  @Test
  void aPlantedTemplateIsCaught() {
    var template = planted("dev.keyreeve.platform.mail.Mails", "delete from <table>");
    var locking = planted("dev.keyreeve.platform.mail.MailRows", "select 1 from mail for update");

    assertThat(Tables.writtenUnseen(List.of(template, locking)))
        .containsExactly("dev.keyreeve.platform.mail.Mails writes a table that it is told");
  }

  /// A class with one method, which gives out a text.
  private static CompiledClass planted(String name, String text) {
    return CompiledClass.parse(
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                type ->
                    type.withMethodBody(
                        "text",
                        MethodTypeDesc.of(ConstantDescs.CD_String),
                        ClassFile.ACC_STATIC,
                        code -> code.loadConstant(text).areturn())));
  }
}
