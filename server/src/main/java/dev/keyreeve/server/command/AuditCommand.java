package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.platform.audit.AuditExport;
import dev.keyreeve.platform.audit.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Who changed what.
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Shows who changed what, and proves that nobody changed that since.",
    subcommands = {
      AuditCommand.ListEntries.class,
      AuditCommand.Verify.class,
      AuditCommand.Export.class
    })
public final class AuditCommand {
  private AuditCommand() {}

  private static final List<Output.Column> ENTRIES =
      List.of(
          new Output.Column("AT", "at"),
          new Output.Column("CHAIN", "chain"),
          new Output.Column("SEQ", "seq"),
          new Output.Column("ACTOR", "actor_name"),
          new Output.Column("ADDRESS", "address"),
          new Output.Column("ACTION", "action"),
          new Output.Column("TARGET", "target_id"),
          new Output.Column("DETAILS", "details"));

  private static final List<Output.Column> VERDICTS =
      List.of(
          new Output.Column("CHAIN", "chain"),
          new Output.Column("ENTRIES", "entries"),
          new Output.Column("SIGNED TO", "signed"),
          new Output.Column("RESULT", "result"),
          new Output.Column("FIRST BAD", "seq"),
          new Output.Column("WHY", "message"));

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists changes, newest first.")
  static final class ListEntries extends OperatorCommand {
    @Option(
        names = "--organisation",
        paramLabel = "ID",
        description = "Only its chain; 'server' is the chain of what belongs to none.")
    private @Nullable String organisation;

    @Option(names = "--target", paramLabel = "ID", description = "Only changes of this.")
    private @Nullable String target;

    @Option(
        names = "--actor",
        description = "Only changes by this id, name or kind (person, key, operator, system).")
    private @Nullable String actor;

    @Option(names = "--action", description = "Only this, such as key.revoked or key.*.")
    private @Nullable String action;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Only from this instant on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Only before this instant.")
    private @Nullable String to;

    @Option(names = "--limit", description = "How many, 1 to 200 (default: 50).")
    private @Nullable Integer limit;

    @Option(names = "--cursor", description = "The next_cursor of the page before.")
    private @Nullable String cursor;

    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var page =
          client.get(
              new Query("/audit")
                  .with("organisation", organisation)
                  .with("target", target)
                  .with("actor", actor)
                  .with("action", action)
                  .with("from", from)
                  .with("to", to)
                  .with("limit", limit)
                  .with("cursor", cursor)
                  .toString());
      switch (output) {
        case JSON -> Output.print(page, out);
        case TABLE -> {
          Output.print(page.path("items"), ENTRIES, out);
          if (page.has("next_cursor")) {
            out.println("More: --cursor " + page.path("next_cursor").asText());
          }
        }
      }
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Looks at every entry and names the first bad one of each chain. Ends with 1 if there is"
              + " one.")
  static final class Verify extends OperatorCommand {
    @Option(names = "--organisation", paramLabel = "ID", description = "Only its chain.")
    private @Nullable String organisation;

    @Option(
        names = "--file",
        paramLabel = "EXPORT",
        description = "An export to verify, without a server.")
    private @Nullable Path file;

    @Option(
        names = "--public-key",
        paramLabel = "BASE64",
        description =
            "With --file: the server's public key; without it, the export's own is believed.")
    private List<String> publicKeys = List.of();

    @Option(
        names = "--checkpoints",
        paramLabel = "FILE",
        description =
            "With --file: further checkpoints, as another export or a data directory's"
                + " audit-checkpoints has them, by which a missing end shows.")
    private @Nullable Path checkpoints;

    @Override
    boolean runAlone(Output output, PrintWriter out) throws IOException, OperatorClient.Refused {
      if (file == null) return false;
      try {
        var result = AuditExport.verify(file, publicKeys, checkpoints);
        var answer = JsonNodeFactory.instance.objectNode();
        answer.put("good", result.isGood());
        var chains = answer.putArray("chains");
        for (var verdict : result.chains()) {
          if (organisation == null || organisation.equals(verdict.chain())) {
            chains.add(json(verdict));
          }
        }
        result.publicKeys().forEach(answer.putArray("public_keys")::add);
        show(answer, output, out);
        return true;
      } catch (AuditExport.Unreadable e) {
        throw new OperatorClient.Refused(e.sentence());
      } catch (NoSuchFileException e) {
        throw new OperatorClient.Refused("There is no file " + e.getFile() + ".");
      } catch (IllegalArgumentException e) {
        throw new OperatorClient.Refused(
            "A public key is none: it reads as 'public_keys' of an export or a verification.");
      }
    }

    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      if (!publicKeys.isEmpty() || checkpoints != null) {
        throw new OperatorClient.Refused("--public-key and --checkpoints go with --file.");
      }
      var query = new Query("/audit/verification").with("organisation", organisation);
      show(client.get(query.toString()), output, out);
    }

    private static ObjectNode json(Verdict verdict) {
      var node =
          JsonNodeFactory.instance
              .objectNode()
              .put("chain", verdict.chain())
              .put("entries", verdict.entries())
              .put("signed", verdict.signed());
      var flaw = verdict.flaw();
      if (flaw != null) {
        node.putObject("flaw")
            .put("kind", flaw.kind().name().toLowerCase(Locale.ROOT))
            .put("seq", flaw.seq())
            .put("message", flaw.message());
      }
      return node;
    }

    private static void show(JsonNode answer, Output output, PrintWriter out)
        throws OperatorClient.Refused {
      int bad = 0;
      var rows = JsonNodeFactory.instance.arrayNode();
      for (var verdict : answer.path("chains")) {
        var flaw = verdict.path("flaw");
        if (flaw.isObject()) bad++;
        rows.addObject()
            .put("chain", verdict.path("chain").asText())
            .put("entries", verdict.path("entries").asLong())
            .put("signed", verdict.path("signed").asLong())
            .put("result", flaw.isObject() ? flaw.path("kind").asText() : "good")
            .put("seq", flaw.path("seq").asText())
            .put("message", flaw.path("message").asText());
      }
      switch (output) {
        case JSON -> Output.print(answer, out);
        case TABLE -> {
          Output.print(rows, VERDICTS, out);
          out.println("Public key: " + OperatorClient.words(answer.path("public_keys")));
        }
      }
      if (bad > 0) {
        throw new OperatorClient.Refused(
            bad == 1 ? "One chain does not hold." : bad + " chains do not hold.");
      }
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes chains as JSON lines, with all that it takes to verify them elsewhere.")
  static final class Export extends OperatorCommand {
    @Option(names = "--organisation", paramLabel = "ID", description = "Only its chain.")
    private @Nullable String organisation;

    @Option(names = "--to", paramLabel = "FILE", description = "Where to (default: the terminal).")
    private @Nullable Path file;

    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      if (file == null) {
        export(client, out::println);
        return;
      }
      try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
        export(client, line -> writer.append(line).append('\n'));
        writer.flush();
        if (writer.checkError()) throw new IOException(file + " cannot be written");
      }
    }

    private void export(OperatorClient client, Consumer<String> lines)
        throws IOException, OperatorClient.Refused {
      var which = new Query("/audit/chains").with("organisation", organisation);
      var answer = client.get(which.toString());
      AuditExport.writeHead(answer.path("public_keys"), lines);
      for (var chain : answer.path("chains")) {
        AuditExport.writeChain(chain.asText(), lines);
        Long after = null;
        do {
          var part = new Query("/audit/chains/" + chain.asText()).with("after", after);
          after = AuditExport.writePart(chain.asText(), client.get(part.toString()), lines);
        } while (after != null);
      }
    }
  }
}
