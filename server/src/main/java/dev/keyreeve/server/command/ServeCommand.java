package dev.keyreeve.server.command;

import static java.util.stream.Collectors.joining;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.server.config.Configuration;
import dev.keyreeve.server.node.Demo;
import dev.keyreeve.server.node.Server;
import dev.keyreeve.server.node.Services;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// Runs a server until it is told to stop.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    modelTransformer = SettingFlags.class,
    description = "Runs the server, with a PostgreSQL of its own unless told otherwise.")
public final class ServeCommand extends SettingsCommand {
  @Override
  int run(Configuration.Good configuration, PrintWriter out) throws Exception {
    var stopped = new CountDownLatch(1);
    var server = Server.start(configuration.settings(), out::println);
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
    if (configuration.settings().demo()) {
      greet(server, server.demo(), out);
    } else {
      greet(server, out);
    }
    stopped.await();
    return 0;
  }

  private static void greet(Server server, PrintWriter out) {
    server.announce(null);
    out.println(
        """

        Keyreeve listens on %s
        %s
        It is empty. Two commands make it useful:
          ./keyreeve orgs create --name "Your company"
          ./keyreeve keys issue --workspace WORKSPACE %s
        """
            .formatted(server.url(), owner(server.bootstrapCode(null)), firstKey()));
  }

  /// Flags of a key for the first service.
  private static String firstKey() {
    var service = Services.SHIPPED.catalogues().entrySet().iterator().next();
    return service.getValue().entries().stream()
        .limit(2)
        .map(entry -> "--scope " + entry.scope())
        .collect(
            joining(" ", "--api %s --name \"First key\" \\\n    ".formatted(service.getKey()), ""));
  }

  /// What makes the first person an owner, until there is one.
  private static String owner(@Nullable Secret code) {
    return code == null
        ? ""
        : """

        Owner's code   %s
        Signs the first person in, once: docs/how-to/people.md.
        """
            .formatted(code.reveal());
  }

  private static void greet(Server server, Demo demo, PrintWriter out) {
    var ownerCode = server.bootstrapCode(demo.organisation());
    server.announce(demo, ownerCode);
    out.println(
        """

        Keyreeve listens on %s

        %s%s
        %s
        These keys are for this start alone; the next one prints new ones. Stop with Ctrl-C.
        """
            .formatted(server.url(), demo.keys(), owner(ownerCode), demo.commands(server.url())));
  }
}
