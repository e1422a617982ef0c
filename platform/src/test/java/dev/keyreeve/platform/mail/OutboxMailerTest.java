package dev.keyreeve.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.TestClock;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxMailerTest extends MailerContract {
  @TempDir Path folder;
  private final TestClock clock = new TestClock(QUEUED);

  @Override
  Mailer mailer() {
    return new OutboxMailer(folder, FROM, clock);
  }

  @Override
  List<MimeMessage> arrived() throws Exception {
    var messages = new ArrayList<MimeMessage>();
    for (var file : files()) {
      try (var bytes = Files.newInputStream(file)) {
        messages.add(new MimeMessage(Session.getInstance(new Properties()), bytes));
      }
    }
    return messages;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void keepsEachMessageOnceInAFileForItsOwnerAlone() throws Exception {
    mailer().deliver(mail("Rent", "Line."));
    mailer().deliver(mail("Rent", "Line."));

    assertThat(files()).containsExactly(folder.resolve(ID + ".eml"));
    assertThat(Files.getPosixFilePermissions(files().getFirst()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void forgetsWhatIsOldAndWhatIsTooMuch() throws Exception {
    mailer().deliver(mail("Rent", "Old."));
    clock.advance(OutboxMailer.KEPT.plus(Duration.ofSeconds(1)));
    var newer = mail("Rent", "New.").message();
    var mailer = mailer();
    for (int i = 0; i < OutboxMailer.MOST + 1; i++) {
      var id = "mai_01J9%022d".formatted(i);
      assertThat(mailer.deliver(new Mailer.Outgoing(id, QUEUED, newer)))
          .isEqualTo(new Mailer.Accepted());
      if (i == 0) assertThat(files()).hasSize(1);
    }

    assertThat(files()).hasSize(OutboxMailer.MOST);
    assertThat(files().getLast().toString()).endsWith("%022d.eml".formatted(OutboxMailer.MOST));
  }

  @Test
  void saysWhenItCannotWrite() {
    var nowhere = new OutboxMailer(folder.resolve("missing"), FROM, clock);

    assertThat(nowhere.deliver(mail("Rent", "Line."))).isInstanceOf(Mailer.Failed.class);
  }
}
