package dev.keyreeve.server.doctor;

import static dev.keyreeve.server.doctor.Finding.absent;
import static dev.keyreeve.server.doctor.Finding.failed;
import static dev.keyreeve.server.doctor.Finding.good;
import static dev.keyreeve.server.doctor.Finding.warning;

import dev.keyreeve.identity.organisation.Organisations;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.postgres.EmbeddedPostgres;
import dev.keyreeve.server.config.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;

/// The database: whether it answers, what it is, and whether its clock agrees with ours.
final class DatabaseCheck {
  private static final String DATABASE = "database";
  private static final String SCHEMA = "schema";
  private static final String CLOCK = "clock";
  private static final int OLDEST = 15;
  private static final Duration NOTEWORTHY = Duration.ofSeconds(1);
  private static final Duration TOO_FAR = Duration.ofSeconds(5);

  private DatabaseCheck() {}

  /// @param serverRuns whether an embedded database ought to be running
  static List<Finding> examine(Settings settings, boolean serverRuns) {
    var given = settings.database();
    var location = given == null ? EmbeddedPostgres.lastStarted(settings.dataDirectory()) : given;
    if (location == null) return absentOrFailed(serverRuns);
    try {
      var found = Database.inspect(location);
      var findings = new ArrayList<>(List.of(version(found), schema(found), clock(found.skew())));
      if (found.pending() == 0 && found.foreign() == 0) {
        findings.addAll(
            Database.read(
                location,
                handle ->
                    Stream.concat(
                            Stream.of(SealedValuesCheck.examine(settings, handle)),
                            SuppliesCheck.examine(settings, Organisations.anyIsLive(handle))
                                .stream())
                        .toList()));
      }
      return findings;
    } catch (SQLException e) {
      return given == null
          ? absentOrFailed(serverRuns)
          : List.of(failed(DATABASE, "It cannot be used: " + e.getMessage()));
    } catch (FlywayException e) {
      return List.of(failed(SCHEMA, "The migrations cannot be read."));
    }
  }

  private static List<Finding> absentOrFailed(boolean serverRuns) {
    return List.of(
        serverRuns
            ? failed(DATABASE, "The server's own PostgreSQL does not answer.")
            : absent(DATABASE, "The server's own PostgreSQL starts and stops with the server."));
  }

  private static Finding version(Database.Condition found) {
    var message = "PostgreSQL " + found.version() + " answers.";
    return found.version() < OLDEST
        ? failed(DATABASE, message + " Version " + OLDEST + " is the oldest that will do.")
        : good(DATABASE, message);
  }

  private static Finding schema(Database.Condition found) {
    if (found.foreign() > 0) {
      return failed(SCHEMA, "A newer version of Keyreeve has changed it; run that one.");
    }
    if (found.pending() == 0) return good(SCHEMA, "It is up to date.");
    var message = "The next start brings " + found.pending() + " migrations.";
    return found.applied() == 0 ? good(SCHEMA, message) : warning(SCHEMA, message);
  }

  private static Finding clock(Duration skew) {
    var size = skew.abs();
    if (size.compareTo(NOTEWORTHY) <= 0) {
      return good(CLOCK, "This machine and the database agree within a second.");
    }
    var message =
        "The database's clock is %d ms %s this machine's."
            .formatted(size.toMillis(), skew.isNegative() ? "behind" : "ahead of");
    return size.compareTo(TOO_FAR) > 0 ? failed(CLOCK, message) : warning(CLOCK, message);
  }
}
