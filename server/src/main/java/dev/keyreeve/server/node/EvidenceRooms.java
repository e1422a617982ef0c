package dev.keyreeve.server.node;

import dev.keyreeve.identity.explain.ExplainProcedures;
import dev.keyreeve.identity.explain.Explainer;
import dev.keyreeve.identity.explain.LoggedRequests;
import dev.keyreeve.identity.journal.Drain;
import dev.keyreeve.identity.journal.Journal;
import dev.keyreeve.identity.journal.JournalObserver;
import dev.keyreeve.identity.requestlog.LogSearch;
import dev.keyreeve.identity.requestlog.RequestLog;
import dev.keyreeve.identity.requestlog.RequestLogProcedures;
import dev.keyreeve.identity.usage.Usage;
import dev.keyreeve.identity.usage.UsageCounts;
import dev.keyreeve.identity.usage.UsageProcedures;
import dev.keyreeve.platform.audit.AuditProcedures;
import dev.keyreeve.platform.audit.AuditTrail;
import dev.keyreeve.platform.audit.CheckpointFile;
import dev.keyreeve.platform.audit.CheckpointKey;
import dev.keyreeve.platform.audit.Checkpoints;
import dev.keyreeve.platform.datadirectory.DataDirectory;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.CallObserver;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.server.config.RequestLogSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/// The part of the server's object graph that keeps what happened and answers for it: the audit
/// trail, the journal of calls with what is counted and logged from it, and explanations.
final class EvidenceRooms {
  /// How often it is looked for audit chains to sign.
  private static final Duration CHECKPOINTS_DUE = Duration.ofSeconds(5);

  /// How long what journals were read to is kept, which is longer than any of them is left behind.
  private static final Duration MARKS_KEPT = Duration.ofDays(90);

  /// This node, as the request log names it.
  private static final String NODE = ProcessHandle.current().pid() + "@" + hostName();

  private final Jdbi jdbi;
  private final Journal journal;
  private final RequestLog requestLog;
  private final Drain drain;
  private final List<Procedure<?, ?>> ofCalls = new ArrayList<>();
  private final List<Procedure<?, ?>> ofChanges = new ArrayList<>();

  /// @param apis all that are served, asked for when a call is explained
  EvidenceRooms(
      Jdbi jdbi,
      Tenancy tenancy,
      AccessRooms access,
      Supplier<Collection<Api>> apis,
      DataDirectory data,
      RequestLogSettings keeping,
      InstantSource clock,
      Opened opened)
      throws IOException {
    this.jdbi = jdbi;
    var checkpointKey = CheckpointKey.loadOrCreate(data.path().resolve("audit-key"));
    var copies = opened.open(CheckpointFile.open(data.path().resolve("audit-checkpoints")));
    var checkpoints = new Checkpoints(jdbi, checkpointKey, copies);
    // By itself, so that no other task keeps entries from being signed.
    opened
        .open(new PeriodicTasks())
        .every(CHECKPOINTS_DUE, "sign the audit chains", () -> checkpoints.sign(clock.instant()));

    var logSearch = new LogSearch(jdbi, tenancy);
    var explainer = new Explainer(jdbi, access.check(), access.credentials(), apis);
    ofCalls.addAll(new UsageProcedures(new Usage(jdbi, tenancy)).procedures());
    ofCalls.addAll(new RequestLogProcedures(logSearch).procedures());
    ofChanges.addAll(new AuditProcedures(new AuditTrail(jdbi, checkpointKey, copies)).procedures());
    ofChanges.addAll(new ExplainProcedures(explainer, new LoggedRequests(logSearch)).procedures());

    journal = opened.open(Journal.open(data.subdirectory("journal"), Journal.Bounds.USUAL, clock));
    requestLog =
        new RequestLog(
            jdbi, NODE, new RequestLog.Keeping(keeping.keep(), keeping.maxBytes()), clock);
    drain = opened.open(new Drain(jdbi, journal, List.of(new UsageCounts(), requestLog), clock));
    drain.start();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  void begin(PeriodicTasks tasks, InstantSource clock) {
    tasks.every(
        Duration.ofHours(1),
        "forget old calls",
        () -> {
          requestLog.turnOver();
          UsageCounts.forget(jdbi, clock.instant());
          drain.forgetMarksBefore(clock.instant().minus(MARKS_KEPT));
        });
  }

  Journal journal() {
    return journal;
  }

  /// Writes every call down.
  CallObserver observer() {
    return new JournalObserver(journal);
  }

  /// What belongs to the operators' API: what was called.
  List<Procedure<?, ?>> proceduresOfCalls() {
    return List.copyOf(ofCalls);
  }

  /// What belongs to the operators' API: what was changed, and why a call is refused.
  List<Procedure<?, ?>> proceduresOfChanges() {
    return List.copyOf(ofChanges);
  }
}
