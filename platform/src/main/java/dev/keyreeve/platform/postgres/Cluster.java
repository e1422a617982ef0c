package dev.keyreeve.platform.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The files of one PostgreSQL cluster and the server process over them. Whoever uses it holds the
/// lock of the data directory, so any server that already runs here was left behind by a process
/// that died.
final class Cluster {
  static final String SUPERUSER = "postgres";

  /// Given at each start, so that no edit of `postgresql.conf` can take them away.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "listen_addresses", "127.0.0.1",
          "unix_socket_directories", "",
          "password_encryption", "scram-sha-256",
          "logging_collector", "on",
          "log_directory", "../log",
          "log_filename", "postgresql-%a.log",
          "log_truncate_on_rotation", "on",
          "log_rotation_age", "1d",
          "log_rotation_size", "0");

  /// Written once to `postgresql.conf`, for an operator to change. The log leaves out failed
  /// statements: the server that sent them reports them, and their text may hold what no log
  /// should.
  private static final List<String> DEFAULTS =
      List.of(
          "max_connections=60",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_min_messages=log",
          "log_min_error_statement=panic",
          "log_checkpoints=off");

  /// What makes one attempt fail and lets the next one succeed: a port that somebody took first, a
  /// server of a killed process that is still starting, or the last processes of a server that was
  /// itself killed.
  private static final List<String> PASSING =
      List.of(
          "could not create any TCP/IP sockets",
          "lock file \"postmaster.pid\" already exists",
          "pre-existing shared memory block");

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration INITIALISATION = Duration.ofMinutes(5);
  private static final Duration RECOVERY = Duration.ofMinutes(10);

  private final Path directory;
  private final Path logs;
  private final Programs programs;

  Cluster(Path directory, Path logs, Programs programs) {
    this.directory = directory;
    this.logs = logs;
    this.programs = programs;
  }

  /// Creates the files unless they exist. They sort text by code point, the same on every machine.
  void initialiseOnce(Unfinished unfinished, KeptPassword password, Consumer<String> progress)
      throws IOException {
    if (Files.isDirectory(directory)) return;

    progress.accept("Creating the database in " + directory + " ...");
    var began = Instant.now();
    var workplace = unfinished.fresh();
    var fresh = workplace.resolve("cluster");
    var arguments =
        new ArrayList<>(
            List.of(
                "--pgdata=" + fresh,
                "--username=" + SUPERUSER,
                "--pwfile=" + password.file(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
    for (var setting : DEFAULTS) arguments.add("--set=" + setting);
    if (!programs.run(INITIALISATION, "initdb", arguments.toArray(String[]::new))) {
      throw refused("The database could not be created.", began);
    }
    Unfinished.publish(fresh, directory);
    Files.delete(workplace);
  }

  /// Starts the server, in a session of its own so that Ctrl-C in a terminal does not reach it, and
  /// waits until it accepts connections.
  ///
  /// @return the port
  int start(Map<String, String> settings, Consumer<String> progress) throws IOException {
    var deadline = Instant.now().plus(PATIENCE);
    while (true) {
      stopLeftBehind(progress);
      var began = Instant.now();
      var port = freePort();
      progress.accept("Starting PostgreSQL on 127.0.0.1:" + port);
      if (startOn(port, settings)) return port;

      var end = endOfLog(began);
      if (PASSING.stream().noneMatch(end::contains) || Instant.now().isAfter(deadline)) {
        throw refused("PostgreSQL did not start.", began);
      }
    }
  }

  private boolean startOn(int port, Map<String, String> settings) throws IOException {
    programs.own(directory);
    programs.own(logs);
    var all = new TreeMap<>(SETTINGS);
    all.putAll(settings);
    all.put("port", Integer.toString(port));
    var options = all.entrySet().stream().map(s -> "-c " + s).collect(Collectors.joining(" "));
    var log = logs.resolve("start.log");
    Files.deleteIfExists(log);
    return programs.run(
        RECOVERY,
        "pg_ctl",
        "start",
        "--pgdata=" + directory,
        "--log=" + log,
        "--options=" + options,
        "--wait",
        "--timeout=" + RECOVERY.toSeconds());
  }

  /// Stops the server; what was committed is on disk, so when closing in order takes too long,
  /// stopping at once is safe.
  void stop() {
    if (!stop("fast", Duration.ofSeconds(30))) stop("immediate", Duration.ofSeconds(10));
  }

  private boolean stop(String mode, Duration limit) {
    return programs.run(
        limit.plusSeconds(5),
        "pg_ctl",
        "stop",
        "--pgdata=" + directory,
        "--mode=" + mode,
        "--wait",
        "--timeout=" + limit.toSeconds());
  }

  private void stopLeftBehind(Consumer<String> progress) throws IOException {
    var lockFile = directory.resolve("postmaster.pid");
    if (!Files.exists(lockFile)) return;

    var lines = new ArrayList<>(Files.readAllLines(lockFile));
    var pid = lines.isEmpty() ? "" : lines.getFirst().strip();
    if (!pid.matches("[1-9][0-9]{0,9}")) return;

    if (ProcessHandle.of(Long.parseLong(pid)).filter(programs::runs).isPresent()) {
      progress.accept(
          "Stopping the PostgreSQL that an earlier server left behind (process " + pid + ")");
      stop();
    } else {
      retire(lockFile, lines);
    }
  }

  /// Makes the lock file name a process that cannot exist: its own was killed, and the number may
  /// meanwhile be that of any other process, which PostgreSQL would take for a server. The rest
  /// stays, so that PostgreSQL still finds processes of the dead server that hold its shared
  /// memory.
  private static void retire(Path lockFile, List<String> lines) throws IOException {
    lines.set(0, Integer.toString(Integer.MAX_VALUE));
    var retired = lockFile.resolveSibling("postmaster.pid.retired");
    Files.write(retired, lines);
    Unfinished.publish(retired, lockFile);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private PostgresStartException refused(String what, Instant began) throws IOException {
    return new PostgresStartException(
        what + " Its log is in " + logs + " and ends:\n" + endOfLog(began));
  }

  /// The last lines of what was written since then. A file's time may lag behind the clock by some
  /// milliseconds.
  private String endOfLog(Instant began) throws IOException {
    var lines = new ArrayList<String>();
    try (var files = Files.list(logs)) {
      for (var file : files.sorted(Comparator.comparing(Cluster::lastWritten)).toList()) {
        if (lastWritten(file).isBefore(began.minusSeconds(1))) continue;
        new String(Files.readAllBytes(file), UTF_8)
            .lines()
            .filter(l -> !l.isBlank())
            .forEach(lines::add);
      }
    }
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }

  private static Instant lastWritten(Path file) {
    return Instant.ofEpochMilli(file.toFile().lastModified());
  }
}
