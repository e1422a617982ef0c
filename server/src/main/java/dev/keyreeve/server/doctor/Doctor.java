package dev.keyreeve.server.doctor;

import static dev.keyreeve.server.doctor.Finding.absent;
import static dev.keyreeve.server.doctor.Finding.failed;
import static dev.keyreeve.server.doctor.Finding.good;
import static dev.keyreeve.server.doctor.Finding.warning;

import dev.keyreeve.server.config.Settings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at everything once, changes nothing, and tells what it found in an order that leads from
/// causes to effects.
public final class Doctor {
  private final Settings settings;
  private final InstantSource clock;

  public Doctor(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  public List<Finding> examine() {
    var server = RunningServer.find(settings.dataDirectory());
    var findings = new ArrayList<Finding>();
    findings.add(
        server == null
            ? absent("server", "No server runs on " + settings.dataDirectory() + ".")
            : good("server", "A server runs and answers at " + server.url() + "."));
    findings.addAll(new FilesCheck(settings).examine());
    findings.addAll(DatabaseCheck.examine(settings, server != null));
    findings.add(CertificateCheck.examine(settings, clock.instant()));
    findings.add(mail());
    findings.add(port(server));
    return findings;
  }

  private Finding mail() {
    var place = settings.mail().place();
    if (place == null) {
      return absent("mail", "Mail lands in " + settings.dataDirectory().resolve("outbox") + ".");
    }
    var message = "Mail goes to " + place.host() + ":" + place.port() + ".";
    try {
      place.server();
      return good("mail", message);
    } catch (IllegalStateException e) {
      return failed("mail", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return failed("mail", place.passwordFile() + " cannot be read.");
    }
  }

  private Finding port(@Nullable RunningServer server) {
    int port = settings.http().port();
    var place = settings.http().host() + ":" + port;
    if (server != null) {
      return port == 0 || server.url().getPort() == port
          ? good("port", "The running server listens on port " + server.url().getPort() + ".")
          : warning(
              "port",
              "The running server listens on port "
                  + server.url().getPort()
                  + "; the settings say "
                  + port
                  + ". A restart would move it.");
    }
    return RunningServer.isFree(settings.http().host(), port)
        ? good("port", place + " is free.")
        : failed(
            "port", "Cannot listen on " + place + ": another program does, or it is not allowed.");
  }
}
