package dev.keyreeve.platform.postgres;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Runs the PostgreSQL programs, each with its output in a log file of its own. PostgreSQL refuses
/// to run as root, so root runs them under another identity.
final class Programs {
  private final Path bin;
  private final Path logs;
  private final Identity identity;

  /// Who a program runs as: the command before its own, and the owner that its files need.
  private record Identity(List<String> command, long uid) {
    static final Identity OWN = new Identity(List.of(), new UnixSystem().getUid());

    /// In a user namespace without a mapping: still root to the file system, nobody to PostgreSQL.
    static final Identity NAMESPACE = new Identity(List.of("unshare", "--user", "--"), 0);

    /// For containers, which often forbid user namespaces. The capability lets nobody reach a
    /// directory that root keeps to itself, and the securebit lets access(2) honour that
    /// capability.
    static final Identity NOBODY =
        new Identity(
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--securebits=+no_setuid_fixup",
                "--inh-caps=-all,+dac_override",
                "--ambient-caps=-all,+dac_override",
                "--"),
            65534);
  }

  Programs(Path home, Path logs) {
    this.bin = home.resolve("bin");
    this.logs = logs;
    this.identity = identity();
  }

  private Identity identity() {
    if (Identity.OWN.uid != 0) return Identity.OWN;

    for (var candidate : List.of(Identity.NAMESPACE, Identity.NOBODY)) {
      if (works(candidate)) return candidate;
    }
    throw new PostgresStartException(
        "PostgreSQL refuses to run as root, and neither unshare nor setpriv (package util-linux)"
            + " works here: start the server as an ordinary user,"
            + " or point KEYREEVE_DATABASE_URL to a PostgreSQL server.");
  }

  private boolean works(Identity candidate) {
    try {
      return run(candidate, Duration.ofSeconds(10), "postgres", List.of("--version"));
    } catch (IOException _) {
      return false; // The command is not installed.
    }
  }

  /// Whether the program ended well within the time.
  boolean run(Duration limit, String program, String... arguments) {
    try {
      return run(identity, limit, program, List.of(arguments));
    } catch (IOException e) {
      throw new PostgresStartException(
          bin.resolve(program) + " cannot be run here: " + e.getMessage(), e);
    }
  }

  private boolean run(Identity identity, Duration limit, String program, List<String> arguments)
      throws IOException {
    var command = new ArrayList<>(identity.command);
    command.add(bin.resolve(program).toString());
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .directory(bin.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(logs.resolve(program + ".log").toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    try {
      var process = builder.start();
      if (process.waitFor(limit.toSeconds(), SECONDS)) return process.exitValue() == 0;

      process.destroyForcibly();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresStartException("Interrupted while " + program + " was running.", e);
    }
  }

  /// Gives files to the identity under which the programs run now; an earlier start may have had
  /// another one.
  void own(Path directory) throws IOException {
    if (uidOf(directory) == identity.uid) return;

    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.setAttribute(path, "unix:uid", (int) identity.uid, NOFOLLOW_LINKS);
      }
    }
  }

  /// Whether the process runs one of these programs, of this version or another.
  boolean runs(ProcessHandle process) {
    return process
        .info()
        .command()
        .filter(command -> Path.of(command).startsWith(bin.resolve("../..").normalize()))
        .isPresent();
  }

  private static long uidOf(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS);
  }
}
