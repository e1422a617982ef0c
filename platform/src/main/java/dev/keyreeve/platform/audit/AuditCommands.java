package dev.keyreeve.platform.audit;

import static dev.keyreeve.platform.audit.AuditProcedures.*;
import static dev.keyreeve.procedure.command.Command.command;
import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.command.Flag;
import dev.keyreeve.procedure.command.Invocation;
import dev.keyreeve.procedure.command.Refusal;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.procedure.command.Word;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who changed what, on a server's command line.
public final class AuditCommands {
  private static final Table ENTRIES =
      Table.of(
          column("AT", "at"),
          column("CHAIN", "chain"),
          column("SEQ", "seq"),
          column("ACTOR", "actor_name"),
          column("ADDRESS", "address"),
          column("ACTION", "action"),
          column("TARGET", "target_id"),
          column("DETAILS", "details"));

  private static final Table VERDICTS =
      Table.of(
          column("CHAIN", "chain"),
          column("ENTRIES", "entries"),
          column("SIGNED TO", "signed"),
          column("RESULT", "result"),
          column("FIRST BAD", "seq"),
          column("WHY", "message"));

  private static final Flag CHAIN = flag("organisation", "--organisation ID", "Only its chain.");

  private AuditCommands() {}

  public static Word group() {
    return Word.group(
        "audit",
        "Shows who changed what, and proves that nobody changed that since.",
        command("list", "Lists changes, newest first.", AUDIT_LIST)
            .with(
                flag(
                    "organisation",
                    "--organisation ID",
                    "Only its chain; 'server' is the chain of what belongs to none."),
                flag("target", "--target ID", "Only changes of this."),
                flag(
                    "actor",
                    "Only changes by this id, name or kind (person, key, operator, system)."),
                flag("action", "Only this, such as key.revoked or key.*."),
                flag("from", "--from INSTANT", "Only from this instant on."),
                flag("to", "--to INSTANT", "Only before this instant."),
                flag("limit", "How many, %s (default: 50)."),
                flag("cursor", "The next_cursor of the page before."))
            .showing(AuditCommands::showPage),
        command(
                "verify",
                "Looks at every entry and names the first bad one of each chain. Ends with 1 if"
                    + " there is one.",
                AUDIT_VERIFY)
            .with(
                CHAIN,
                own("--file EXPORT", "An export to verify, without a server."),
                own(
                        "--public-key BASE64",
                        "With --file: the server's public key; without it, the export's own is"
                            + " believed.")
                    .manyTimes(),
                own(
                    "--checkpoints FILE",
                    "With --file: further checkpoints, as another export or a data directory's"
                        + " audit-checkpoints has them, by which a missing end shows."))
            .doing(AuditCommands::verify),
        command(
                "export",
                "Writes chains as JSON lines, with all that it takes to verify them elsewhere.",
                AUDIT_CHAINS)
            .with(CHAIN, own("--to FILE", "Where to (default: the terminal)."))
            .doing(AuditCommands::export));
  }

  private static void showPage(JsonNode page, PrintWriter out) {
    ENTRIES.rows(page.path("items"), out);
    if (page.has("next_cursor")) {
      out.println("More: --cursor " + page.path("next_cursor").asText());
    }
  }

  private static void verify(Invocation typed) throws IOException, Refusal {
    var file = typed.text("--file");
    if (file != null) {
      show(verified(Path.of(file), typed), typed);
    } else if (typed.texts("--public-key").isEmpty() && typed.text("--checkpoints") == null) {
      show(typed.call(AUDIT_VERIFY), typed);
    } else {
      throw new Refusal("--public-key and --checkpoints go with --file.");
    }
  }

  /// What the server would answer of an export.
  private static ObjectNode verified(Path file, Invocation typed) throws IOException, Refusal {
    var organisation = typed.text("--organisation");
    var checkpoints = typed.text("--checkpoints");
    try {
      var result =
          AuditExport.verify(
              file, typed.texts("--public-key"), checkpoints == null ? null : Path.of(checkpoints));
      var answer = JsonNodeFactory.instance.objectNode().put("good", result.isGood());
      var chains = answer.putArray("chains");
      result.chains().stream()
          .filter(verdict -> organisation == null || organisation.equals(verdict.chain()))
          .forEach(verdict -> chains.add(json(verdict)));
      result.publicKeys().forEach(answer.putArray("public_keys")::add);
      return answer;
    } catch (AuditExport.Unreadable e) {
      throw new Refusal(e.sentence());
    } catch (NoSuchFileException e) {
      throw new Refusal("There is no file " + e.getFile() + ".");
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "A public key is none: it reads as 'public_keys' of an export or a verification.");
    }
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

  private static void show(JsonNode answer, Invocation typed) throws Refusal {
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
    typed.show(
        answer,
        (_, out) -> {
          VERDICTS.rows(rows, out);
          out.println("Public key: " + Table.text(answer.path("public_keys")));
        });
    if (bad > 0) {
      throw new Refusal(bad == 1 ? "One chain does not hold." : bad + " chains do not hold.");
    }
  }

  private static void export(Invocation typed) throws IOException, Refusal {
    var file = typed.text("--to");
    if (file == null) {
      export(typed, typed.terminal().out()::println);
      return;
    }
    try (var writer = new PrintWriter(Files.newBufferedWriter(Path.of(file)))) {
      export(typed, line -> writer.append(line).append('\n'));
      writer.flush();
      if (writer.checkError()) throw new IOException(file + " cannot be written");
    }
  }

  private static void export(Invocation typed, Consumer<String> lines) throws IOException, Refusal {
    var answer = typed.call(AUDIT_CHAINS);
    AuditExport.writeHead(answer.path("public_keys"), lines);
    for (var chain : answer.path("chains")) {
      AuditExport.writeChain(chain.asText(), lines);
      var part = JsonNodeFactory.instance.objectNode().put("chain", chain.asText());
      @Nullable Long after;
      do {
        after = AuditExport.writePart(chain.asText(), typed.call(AUDIT_EXPORT, part), lines);
        part.put("after", after);
      } while (after != null);
    }
  }
}
