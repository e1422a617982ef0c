package dev.keyreeve.procedure.trpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TestRequest;
import dev.keyreeve.procedure.protocol.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The wire, byte for byte: the cases of `wire.txt`, each with a server of its own. In the file,
/// `>` is what is sent and `<` what is answered; characters that a URL cannot hold are encoded on
/// the way.
class WireTest {
  private static final List<String> OF_THE_INSIDE =
      List.of("Exception", "Error:", "java.", "dev.keyreeve", "canary", "\tat ");

  @TestFactory
  Stream<DynamicTest> speaksAsWritten() throws IOException {
    return cases().map(each -> dynamicTest(each.title(), () -> check(each)));
  }

  private static void check(Case each) throws InterruptedException {
    var server = new SampleServer();
    server.furnish();

    var answered = written(server.answer(each.request(keys(server)), each.body().getBytes(UTF_8)));

    assertThat(answered).isEqualTo(each.expected());
    assertThat(OF_THE_INSIDE).noneMatch(answered::contains);
  }

  private static Map<String, KeyToken> keys(SampleServer server) {
    var keys = new LinkedHashMap<String, KeyToken>();
    keys.put("$full", server.issue("a", 60, SampleApi.READ, SampleApi.WRITE));
    keys.put("$read", server.issue("a", 60, SampleApi.READ));
    keys.put("$write", server.issue("a", 60, SampleApi.WRITE));
    keys.put("$none", server.issue("a", 60));
    keys.put("$other", server.issue("b", 60, SampleApi.READ, SampleApi.WRITE));
    keys.put("$slow", server.issue("a", 1, SampleApi.READ));
    var spent = server.issue("a", 2, SampleApi.READ);
    server.spend(spent, 1);
    keys.put("$spent", spent);
    return keys;
  }

  private static String written(Answer answer) throws InterruptedException {
    return switch (answer) {
      case Answer.Whole(var reply) -> written(reply, new String(reply.body(), UTF_8));
      case Answer.Streamed(var head, var body, _) -> {
        var pieces = new StringBuilder();
        body.writeTo(
            piece -> {
              pieces.append(piece);
              return true;
            });
        yield written(head, pieces.toString());
      }
    };
  }

  private static String written(Reply reply, String body) {
    var text = new StringBuilder().append(reply.status()).append('\n');
    reply
        .headers()
        .forEach(header -> text.append(header.name() + ": " + header.value()).append('\n'));
    return text.append('\n').append(body).toString();
  }

  private record Case(String title, List<String> sent, String expected) {
    TestRequest request(Map<String, KeyToken> keys) {
      var start = sent.getFirst().split(" ", 2);
      var request = TestRequest.get(encoded(start[1])).method(start[0]);
      for (var line : sent.subList(1, headEnd())) {
        var header = line.split(": ", 2);
        request = request.with(header[0], withSecrets(header[1], keys));
      }
      return request;
    }

    String body() {
      return String.join("\n", sent.subList(Math.min(headEnd() + 1, sent.size()), sent.size()));
    }

    private int headEnd() {
      int empty = sent.indexOf("");
      return empty < 0 ? sent.size() : empty;
    }

    private static String encoded(String target) {
      return target
          .replace("{", "%7B")
          .replace("}", "%7D")
          .replace("[", "%5B")
          .replace("]", "%5D")
          .replace("\"", "%22");
    }

    private static String withSecrets(String value, Map<String, KeyToken> keys) {
      for (var key : keys.entrySet()) {
        value = value.replace(key.getKey(), key.getValue().secret().reveal());
      }
      return value;
    }
  }

  private static Stream<Case> cases() throws IOException {
    try (var file = requireNonNull(WireTest.class.getResourceAsStream("wire.txt"))) {
      return Arrays.stream(new String(file.readAllBytes(), UTF_8).split("(?m)^# "))
          .skip(1)
          .map(WireTest::parse);
    }
  }

  private static Case parse(String text) {
    var lines = text.lines().toList();
    var sent = new ArrayList<String>();
    var expected = new ArrayList<String>();
    for (var line : lines.subList(1, lines.size())) {
      if (line.startsWith(">")) sent.add(line.substring(Math.min(2, line.length())));
      if (line.startsWith("<")) expected.add(line.substring(Math.min(2, line.length())));
    }
    return new Case(lines.getFirst(), sent, String.join("\n", expected));
  }
}
