package dev.keyreeve.server.node;

import dev.keyreeve.identity.notice.KeyEvents;
import dev.keyreeve.identity.notice.KeyNotices;
import dev.keyreeve.identity.usage.SecretUses;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.datadirectory.DataDirectory;
import dev.keyreeve.platform.mail.MailProcedures;
import dev.keyreeve.platform.mail.Mailer;
import dev.keyreeve.platform.mail.OutboxMailer;
import dev.keyreeve.platform.mail.SmtpMailer;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.platform.webhook.AddressGuard;
import dev.keyreeve.platform.webhook.Sender;
import dev.keyreeve.platform.webhook.WebhookProcedures;
import dev.keyreeve.platform.webhook.Webhooks;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.server.config.MailSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The part of the server's object graph that does things later and tells others of them: the
/// schedule, webhooks and mail.
final class OutboundRooms {
  private final Schedule schedule;
  private final List<Procedure<?, ?>> operatorsProcedures = new ArrayList<>();

  /// @param eventTypes what services tell, beside what is told of keys
  OutboundRooms(
      Database database,
      Platform platform,
      List<String> eventTypes,
      MailSettings mail,
      DataDirectory data,
      Opened opened)
      throws IOException {
    var jdbi = platform.jdbi();
    var clock = platform.clock();
    var guard = new AddressGuard(AddressGuard.Reach.PUBLIC);
    var sender = opened.open(new Sender(guard, clock));
    var webhooks =
        new Webhooks(
            jdbi,
            platform.cipher(),
            guard,
            sender,
            Stream.concat(eventTypes.stream(), KeyEvents.TYPES.stream()).toList(),
            clock,
            platform.random(),
            platform.random());
    schedule = opened.open(new Schedule(database.dataSource(), Schedule.Pace.USUAL));
    webhooks.deliverBy(schedule);
    platform.mail().sendBy(schedule, mailer(mail, data, platform));
    new KeyNotices(jdbi, new SecretUses(jdbi), clock).tellBy(schedule);
    operatorsProcedures.addAll(new WebhookProcedures(webhooks).procedures());
    operatorsProcedures.addAll(new MailProcedures(platform.mail()).procedures());
  }

  private static Mailer mailer(MailSettings mail, DataDirectory data, Platform platform)
      throws IOException {
    var place = mail.place();
    return place == null
        ? new OutboxMailer(data.subdirectory("outbox"), mail.from(), platform.clock())
        : new SmtpMailer(place.server(), mail.from());
  }

  /// Does nothing before it is started.
  Schedule schedule() {
    return schedule;
  }

  /// What belongs to the operators' API.
  List<Procedure<?, ?>> operatorsProcedures() {
    return List.copyOf(operatorsProcedures);
  }
}
