package dev.keyreeve.server.metrics;

import dev.keyreeve.platform.database.Database;
import dev.keyreeve.procedure.CallObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Everything that is measured. A meter exists once something feeds it, so none stands at zero for
/// want of a source.
///
/// No tag holds what a caller chose: tags are outcomes and procedures, of which there are few.
/// Beyond [#MOST_TAGS] of either the rest is counted as `other`.
public final class Meters implements CallObserver, AutoCloseable {
  /// The text format of Prometheus.
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  static final int MOST_TAGS = 500;
  private static final String OTHER = "other";

  /// The outcome of a call that was carried out.
  private static final String PERMITTED = "permitted";

  private static final Duration[] CALL_BUCKETS = millis(1, 5, 25, 100, 500, 2_500);
  private static final Duration[] REVOCATION_BUCKETS = millis(5, 20, 50, 250, 1_000, 5_000);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final ConcurrentHashMap<String, Counter> decisions = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Timer> calls = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Timer> revocations = new ConcurrentHashMap<>();

  public Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private static Duration[] millis(long... bounds) {
    var durations = new Duration[bounds.length];
    for (int i = 0; i < bounds.length; i++) durations[i] = Duration.ofMillis(bounds[i]);
    return durations;
  }

  @Override
  public void observed(Seen seen) {
    var refusal = seen.refusal();
    var outcome = refusal == null ? PERMITTED : refusal.word();
    meter(decisions, outcome, this::decisionCounter).increment(seen.calls());
    var procedure = seen.procedure();
    if (procedure != null) {
      meter(calls, procedure.name(), this::callTimer)
          .record(seen.latencyNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /// A change of access was confirmed by every live node.
  public void revoked(Duration acknowledgement) {
    meter(revocations, "", this::revocationTimer).record(acknowledgement);
  }

  /// Looked up once for each tag, and without allocation from then on.
  private static <M> M meter(
      ConcurrentHashMap<String, M> meters, String tag, Function<String, M> register) {
    var known = meters.get(tag);
    if (known != null) return known;
    var bounded = meters.size() < MOST_TAGS ? tag : OTHER;
    return meters.computeIfAbsent(bounded, register);
  }

  private Counter decisionCounter(String outcome) {
    return Counter.builder("keyreeve.decisions")
        .description(
            "Calls by how they ended: permitted, or the reason for which they were refused")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Timer callTimer(String procedure) {
    return Timer.builder("keyreeve.call")
        .description("How long deciding and carrying out a call took")
        .tag("procedure", procedure)
        .serviceLevelObjectives(CALL_BUCKETS)
        .register(registry);
  }

  private Timer revocationTimer(String none) {
    return Timer.builder("keyreeve.revocation.acknowledged")
        .description("From the commit of a change of access to its last confirmation")
        .serviceLevelObjectives(REVOCATION_BUCKETS)
        .register(registry);
  }

  /// @param age how old what this node knows of access is at the most
  public void lease(Supplier<Duration> age) {
    TimeGauge.builder("keyreeve.lease.age", () -> age.get().toNanos(), TimeUnit.NANOSECONDS)
        .description("Since the log of access changes was last read to its end")
        .register(registry);
  }

  /// @param depth records that wait to be merged
  /// @param lost records that had no room
  public void journal(LongSupplier depth, LongSupplier lost) {
    Gauge.builder("keyreeve.journal.depth", depth::getAsLong)
        .description("Records of calls that wait to be merged into the database")
        .register(registry);
    FunctionCounter.builder("keyreeve.journal.lost", lost, LongSupplier::getAsLong)
        .description("Records of calls that had no room")
        .register(registry);
  }

  public void database(Supplier<Database.Pool> pool) {
    connections("active", () -> pool.get().active());
    connections("idle", () -> pool.get().idle());
    Gauge.builder("keyreeve.database.waiting", () -> pool.get().waiting())
        .description("Calls that wait for a connection to the database")
        .register(registry);
  }

  private void connections(String state, Supplier<Number> count) {
    Gauge.builder("keyreeve.database.connections", count)
        .description("Connections to the database for calls")
        .tag("state", state)
        .register(registry);
  }

  public void streams(IntSupplier open) {
    Gauge.builder("keyreeve.streams.open", open::getAsInt)
        .description("Answers that stay open, such as streams of events")
        .register(registry);
  }

  public void certificate(Supplier<Instant> expiresAt) {
    Gauge.builder("keyreeve.certificate.expiry.timestamp", () -> expiresAt.get().getEpochSecond())
        .description("When the certificate expires, in seconds since 1970")
        .baseUnit("seconds")
        .register(registry);
  }

  /// All of it, in the form of [#CONTENT_TYPE].
  public String text() {
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
