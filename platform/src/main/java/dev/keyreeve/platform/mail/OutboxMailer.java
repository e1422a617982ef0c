package dev.keyreeve.platform.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;

/// Puts each message into a file of a folder, `mai_….eml`, which its owner alone can read. The
/// folder keeps the newest 1,000, for 30 days.
public final class OutboxMailer implements Mailer {
  static final int MOST = 1_000;
  static final Duration KEPT = Duration.ofDays(30);
  private static final String SUFFIX = ".eml";

  private final Path folder;
  private final From from;
  private final InstantSource clock;
  private final Session session = Session.getInstance(new Properties());
  private final ReentrantLock tidying = new ReentrantLock();

  /// @param folder for its owner alone, and there
  public OutboxMailer(Path folder, From from, InstantSource clock) {
    this.folder = folder;
    this.from = from;
    this.clock = clock;
  }

  @Override
  public Handover deliver(Outgoing mail) {
    try {
      var bytes = new ByteArrayOutputStream();
      MailFormat.write(session, mail, from, "8bit").writeTo(bytes);
      var file = folder.resolve(mail.id() + SUFFIX);
      OwnerOnlyFile.write(file, bytes.toString(UTF_8));
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      tidy();
      return new Accepted();
    } catch (IOException | UncheckedIOException | MessagingException e) {
      return new Failed(MailFormat.answer("The outbox cannot be written: " + e.getMessage()));
    }
  }

  private void tidy() throws IOException {
    if (!tidying.tryLock()) return;
    try {
      var files = files();
      var tooOld = clock.instant().minus(KEPT);
      for (int i = 0; i < files.size(); i++) {
        if (i >= MOST || writtenAt(files.get(i)).isBefore(tooOld)) {
          Files.deleteIfExists(files.get(i));
        }
      }
    } finally {
      tidying.unlock();
    }
  }

  /// The newest first: ids sort by the time at which they were made.
  private List<Path> files() throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static Instant writtenAt(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }
}
