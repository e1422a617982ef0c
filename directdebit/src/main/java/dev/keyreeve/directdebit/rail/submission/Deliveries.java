package dev.keyreeve.directdebit.rail.submission;

import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.rail.scheme.Scheme;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.tenancy.Tenancy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/// Sends what is sealed to the schemes that take it over a network, again and again until each has
/// taken it.
public final class Deliveries {
  private static final String TASK = "directdebit.deliver";
  private static final Duration LOOKS = Duration.ofSeconds(3);

  private final Jdbi jdbi;
  private final Tenancy tenancy;
  private final Map<SchemeKind, Scheme> schemes;

  public Deliveries(Jdbi jdbi, Tenancy tenancy, Map<SchemeKind, Scheme> schemes) {
    this.jdbi = jdbi;
    this.tenancy = tenancy;
    this.schemes = Map.copyOf(schemes);
  }

  public void runBy(Schedule schedule, InstantSource clock) {
    schedule.task(TASK, id -> deliver(id, clock));
    var remote =
        schemes.values().stream()
            .filter(scheme -> !scheme.needsFiles())
            .map(scheme -> scheme.kind().word())
            .toList();
    if (remote.isEmpty()) return;

    schedule.every(
        LOOKS,
        "directdebit.deliveries",
        () -> undelivered(remote).forEach(id -> schedule.soon(TASK, id)));
  }

  private List<String> undelivered(List<String> remote) {
    return jdbi.withHandle(handle -> Submissions.undelivered(handle, remote));
  }

  /// Sends one that is sealed, as far as its scheme takes it now.
  public void deliver(String id, InstantSource clock) {
    var submission = jdbi.withHandle(handle -> Submissions.find(handle, id)).orElseThrow();
    var user =
        jdbi.withHandle(handle -> ServiceUsers.find(handle, submission.serviceUser()))
            .orElseThrow();
    var scheme = schemes.get(user.scheme());
    if (scheme == null || submission.status() != SubmissionStatus.SEALED) return;
    if (!scheme.deliver(user, id, clock)) return;

    tenancy.across(
        clock.instant(),
        across -> {
          var held = Submissions.lock(across.handle(), id).orElseThrow();
          return Submissions.move(across, held, SubmissionStatus.SENT);
        });
  }
}
