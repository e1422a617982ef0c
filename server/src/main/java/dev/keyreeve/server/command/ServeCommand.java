package dev.keyreeve.server.command;

import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.server.node.Demo;
import dev.keyreeve.server.node.Server;
import dev.keyreeve.server.node.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs a server until it is told to stop.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the server, with a PostgreSQL of its own unless told otherwise.")
public final class ServeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Option(
      names = "--host",
      description = "Address to listen on (KEYREEVE_HOST; default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:KEYREEVE_HOST:-127.0.0.1}")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      description =
          "Port to listen on; 0 takes any that is free (KEYREEVE_PORT; default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:KEYREEVE_PORT:-8080}")
  private int port;

  @Option(
      names = "--demo",
      description =
          "Fill in a demo organisation with mandates, and print keys for it (KEYREEVE_DEMO).",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "${env:KEYREEVE_DEMO:-false}")
  private boolean demo;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "Where payers reach the server, for the links of invites (KEYREEVE_PUBLIC_URL; default:"
              + " where it listens).",
      defaultValue = "${env:KEYREEVE_PUBLIC_URL:-" + NONE + "}")
  private String publicUrl = NONE;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "CIDR",
      split = ",",
      description =
          "Peers whose X-Forwarded-For is believed; repeat for more (KEYREEVE_TRUSTED_PROXY).",
      defaultValue = "${env:KEYREEVE_TRUSTED_PROXY:-" + NONE + "}")
  private List<String> trustedProxies = List.of();

  private static final String NONE = "none";
  private static final int MAX_PORT = 65_535;

  @Override
  public Integer call() throws Exception {
    var commandLine = commandLine();
    var out = commandLine.getOut();
    var settings = settings(commandLine);
    var stopped = new CountDownLatch(1);
    var server = Server.start(settings, out::println);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      out.println("Stopping: answering what was begun.");
                      server.close();
                      out.println("Stopped.");
                      stopped.countDown();
                    }));
    greet(server, out);
    stopped.await();
    return 0;
  }

  private Settings settings(CommandLine commandLine) {
    if (port < 0 || port > MAX_PORT) {
      throw new ParameterException(commandLine, "A port is a number from 0 to " + MAX_PORT + ".");
    }
    try {
      return new Settings(
          host,
          port,
          dataDirectory.path,
          databaseFromEnvironment(),
          publicUrl.equals(NONE) ? null : publicUrl(publicUrl),
          trustedProxies.stream()
              .filter(text -> !text.isBlank() && !text.equals(NONE))
              .map(Cidr::parse)
              .toList(),
          demo);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, e.getMessage(), e);
    }
  }

  private static String publicUrl(String text) {
    if (!text.matches("https?://[^/?#\\s]+")) {
      throw new IllegalArgumentException(
          "A public URL reads https://pay.example.com, without a path.");
    }
    return text;
  }

  private void greet(Server server, PrintWriter out) {
    if (demo) {
      greet(server, Demo.on(server), out);
      return;
    }
    server.announce(null);
    out.println(
        """

        Keyreeve listens on %s

        It is empty. Two commands make it useful:
          ./keyreeve orgs create --name "Your company"
          ./keyreeve keys issue --workspace WORKSPACE --api dd --name "First key" \\
            --scope mandates:read --scope mandates:write
        """
            .formatted(server.url()));
  }

  private static void greet(Server server, Demo demo, PrintWriter out) {
    server.announce(demo.workspace());
    out.println(
        """

        Keyreeve listens on %1$s

        Full key       %2$s
        Read-only key  %3$s

        Who am I:
          curl -H 'Authorization: Bearer %2$s' %1$s/dd/v1/me
        List mandates:
          curl -H 'X-API-Key: %3$s' '%1$s/dd/v1/mandates?limit=3'
        Be refused, for want of a scope:
          curl -X POST -H 'X-API-Key: %3$s' %1$s/dd/v1/mandates/man_01JDCVN8Q00000000000000000/cancel

        These keys are for this start alone; the next one prints new ones. Stop with Ctrl-C.
        """
            .formatted(server.url(), demo.fullKey().reveal(), demo.readKey().reveal()));
  }

  /// A password stands in it, so it is no option of the command line, where other users see it.
  private static Database.@Nullable Location databaseFromEnvironment() {
    var url = System.getenv("KEYREEVE_DATABASE_URL");
    return url == null || url.isBlank() ? null : DatabaseUrl.parse(url);
  }

  private CommandLine commandLine() {
    if (spec == null) throw new IllegalStateException("picocli has not set the command's spec");
    return spec.commandLine();
  }
}
