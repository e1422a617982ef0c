package dev.keyreeve.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What a request costs a whole server: this one, nginx with Lua and HAProxy, each alone on the
/// first core with the same keys, over loopback.
///
/// Rounds are interleaved, so that a machine which is busy for a while is busy for all. Requests a
/// second depend on what else runs; microseconds of processor time for each request hardly do.
final class ServerCost implements AutoCloseable {
  private static final int ROUNDS = 3;
  private static final int ROUND_SECONDS = 10;
  private static final int WARM_UP_SECONDS = 10;

  /// The largest share of refused requests with which a figure still speaks of served ones.
  private static final double MOST_REFUSED = 0.01;

  private static final Path NGINX_MODULES = Path.of("/usr/lib/nginx/modules");
  private static final Pattern LISTENS = Pattern.compile("listens on http://localhost:(\\d+)\\s");

  private final Path home;
  private final Path peers;
  private final Path directory;
  private final Path texts;
  private final Deque<Contender> running = new ArrayDeque<>();

  private ServerCost(Path home) throws IOException {
    this.home = home;
    this.peers = home.resolve("benchmark/peers");
    this.directory = Files.createTempDirectory("keyreeve-benchmark-");
    this.texts = directory.resolve("texts");
  }

  /// Cleans up when it is closed, and when it is interrupted.
  ///
  /// @throws MissingProgram if not all programs are installed
  static ServerCost open(Path home) throws IOException, MissingProgram {
    for (var program : List.of("taskset", "wrk", "nginx", "haproxy")) find(program);
    if (!Files.exists(NGINX_MODULES.resolve("ngx_http_lua_module.so"))) {
      throw new MissingProgram("Lua module of nginx");
    }
    var opened = new ServerCost(home);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(opened::close));
    return opened;
  }

  /// One line of the table: what was asked of whom.
  private record Question(Contender contender, String path, boolean withKey, List<Sample> samples) {
    Question(Contender contender, String path, boolean withKey) {
      this(contender, path, withKey, new ArrayList<>());
    }

    double cpuMicros() {
      return Table.median(samples.stream().mapToDouble(Sample::cpuMicros).toArray());
    }
  }

  private record Sample(double cpuMicros, Load load) {}

  String measure() throws IOException, InterruptedException, SQLException {
    say("Issuing 10,000 keys.");
    var keys = IssuedKeys.into(directory.resolve("data"));
    keys.writeTexts(texts);
    keys.writeFacts(directory.resolve("keys"));
    var report = new StringBuilder(start());

    say("Starting the contenders, each on the first core.");
    var ours = open(serve(List.of("taskset", "-c", "0")));
    long idle = ours.residentMib();
    var nginx = open(nginx());
    var haproxy = open(haproxy());
    for (var contender : List.of(ours, nginx, haproxy)) contender.proveCorrect(keys);

    var oursPlain = new Question(ours, ours.plain(), false);
    var oursChecked = ours.checked().stream().map(path -> new Question(ours, path, true)).toList();
    var nginxChecked = new Question(nginx, "/checked", true);
    var haproxyChecked = new Question(haproxy, "/checked", true);
    var questions = new ArrayList<Question>();
    questions.add(oursPlain);
    questions.addAll(oursChecked);
    questions.add(new Question(nginx, nginx.plain(), false));
    questions.add(nginxChecked);
    questions.add(new Question(haproxy, haproxy.plain(), false));
    questions.add(haproxyChecked);

    for (var question : questions) {
      if (question.contender.equals(ours)) {
        say("Warming up " + question.path);
        load(question, WARM_UP_SECONDS);
      }
    }
    for (int round = 1; round <= ROUNDS; round++) {
      for (var question : questions) {
        say("Round " + round + ": " + question.contender.name() + " " + question.path);
        question.samples.add(sample(question));
      }
    }

    report.append(
        "\nResident memory: %d MiB started, %d MiB after the load.\n"
            .formatted(idle, ours.residentMib()));
    report.append("Load of the machine at the end: ").append(Machine.load()).append("\n\n");
    report.append(figures(questions)).append('\n');

    var ratios = new Table("ratio of processor time", "value");
    for (var checked : oursChecked) {
      var what = "keyreeve " + checked.path;
      ratios.row(what + " / its plain 200", ratio(checked, oursPlain));
      ratios.row(what + " / nginx with Lua", ratio(checked, nginxChecked));
      ratios.row(what + " / HAProxy", ratio(checked, haproxyChecked));
    }
    return report.append(ratios).toString();
  }

  /// A start as a person sees it, from the command to the first 200, on all cores; the data
  /// directory and its 10,000 keys are there already.
  private String start() throws IOException, InterruptedException {
    var millis = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      say("Starting and stopping the server.");
      long began = System.nanoTime();
      try (var _ = serve(List.of())) {
        millis[i] = (System.nanoTime() - began) / 1e6;
      }
    }
    return "From the command to the first 200, second start: %.0f ms (of %.0f, %.0f, %.0f)\n"
        .formatted(Table.median(millis), millis[0], millis[1], millis[2]);
  }

  private Load load(Question question, int seconds) throws IOException, InterruptedException {
    return Load.of(
        question.contender.url(question.path),
        question.withKey ? texts : null,
        peers.resolve("load.lua"),
        seconds);
  }

  private Sample sample(Question question) throws IOException, InterruptedException {
    double before = question.contender.cpuMicros();
    var load = load(question, ROUND_SECONDS);
    double after = question.contender.cpuMicros();
    if (load.broken() > 0 || load.shareRefused() > MOST_REFUSED) {
      throw new IllegalStateException(
          question.contender.name() + " did not serve " + question.path + ": " + load);
    }
    return new Sample((after - before) / load.requests(), load);
  }

  private static String ratio(Question question, Question other) {
    return Table.ratio(question.cpuMicros(), other.cpuMicros());
  }

  private static Table figures(List<Question> questions) {
    var table =
        new Table("server", "path", "CPU us/request", "range", "requests/s", "p99 ms", "refused");
    for (var question : questions) {
      var cpu = question.samples.stream().mapToDouble(Sample::cpuMicros).summaryStatistics();
      var loads = question.samples.stream().map(Sample::load).toList();
      table.row(
          question.contender.name(),
          question.path,
          number("%.1f", question.cpuMicros()),
          number("%.1f", cpu.getMin()) + " to " + number("%.1f", cpu.getMax()),
          number("%,.0f", median(loads.stream().mapToDouble(Load::requestsPerSecond).toArray())),
          number("%.1f", median(loads.stream().mapToDouble(load -> load.p99() / 1e3).toArray())),
          Long.toString(loads.stream().mapToLong(Load::refused).sum()));
    }
    return table;
  }

  private static double median(double... values) {
    return Table.median(values);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private Contender serve(List<String> pinned) throws IOException, InterruptedException {
    var command = new ArrayList<>(pinned);
    command.addAll(
        List.of(
            home.resolve("keyreeve").toString(),
            "serve",
            "--port",
            "0",
            "--data-dir",
            directory.resolve("data").toString()));
    var log = directory.resolve("keyreeve.log");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      var paths = List.of("/dd/v1/me", "/trpc/auth.whoami");
      var server = new Contender("keyreeve", process, portIn(log, process), "/healthz", paths);
      server.expect(200, server.plain(), null);
      return server;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      process.destroy();
      throw failure;
    }
  }

  /// Waits until the server tells its port.
  private static int portIn(Path log, Process process) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (true) {
      boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
      var told = LISTENS.matcher(Files.readString(log));
      if (told.find()) return Integer.parseInt(told.group(1));
      if (ended || System.nanoTime() > deadline) {
        throw new IOException("The server did not start:\n" + Files.readString(log));
      }
    }
  }

  private Contender nginx() throws IOException, InterruptedException {
    int port = freePort();
    var configuration = configured("nginx.conf", port);
    return peer("nginx with Lua", port, "nginx", "-e", "stderr", "-c", configuration);
  }

  private Contender haproxy() throws IOException, InterruptedException {
    int port = freePort();
    return peer("HAProxy", port, "haproxy", "-db", "-f", configured("haproxy.cfg", port));
  }

  private Contender peer(String name, int port, String... program)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.addAll(List.of(program));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(program[0] + ".log").toFile())
            .start();
    return new Contender(name, process, port, "/plain", List.of("/checked")).ready();
  }

  private String configured(String name, int port) throws IOException {
    var text =
        Files.readString(peers.resolve(name))
            .replace("@directory@", directory.toString())
            .replace("@peers@", peers.toString())
            .replace("@modules@", NGINX_MODULES.toString())
            .replace("@port@", Integer.toString(port));
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private synchronized Contender open(Contender contender) {
    running.push(contender);
    return contender;
  }

  private static void find(String program) throws MissingProgram {
    for (var folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) return;
    }
    throw new MissingProgram(program);
  }

  private static void say(String what) {
    System.err.println(what);
  }

  /// Stops what was started and deletes what was written.
  @Override
  public synchronized void close() {
    while (!running.isEmpty()) running.pop().close();
    if (!Files.exists(directory)) return;
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException | UncheckedIOException left) {
      say("Could not delete all of " + directory + ": " + left.getMessage());
    }
  }
}
