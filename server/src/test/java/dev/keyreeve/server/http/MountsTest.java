package dev.keyreeve.server.http;

import static dev.keyreeve.access.decision.Requirement.possession;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.protocol.Protocol;
import dev.keyreeve.procedure.rest.RestProtocol;
import dev.keyreeve.procedure.trpc.TrpcProtocol;
import dev.keyreeve.server.http.Mounts.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Services beside and under each other on one server. Each answers with its own name.
class MountsTest {
  private static final Lease LEASE = new Lease(Duration.ofSeconds(5), System::nanoTime);
  private static final Credentials CREDENTIALS =
      new Credentials(
          new KeyDirectory(Peppers.of(new Pepper(1, new byte[Pepper.MIN_LENGTH])), LEASE),
          new SessionDirectory(LEASE),
          CommandLineToken.random(new SecureRandom()));
  private static final AccessCheck ACCESS = new AccessCheck(new Meter());

  private static final List<Mount> MOUNTS =
      List.of(
          new Mount("/trpc", new TrpcProtocol("/trpc", calls("first"))),
          new Mount("/xx/trpc", new TrpcProtocol("/xx/trpc", calls("second"))),
          new Mount("/dd/v1", new RestProtocol("/dd/v1", calls("first"))),
          new Mount("/dd", new RestProtocol("/dd", calls("second"))),
          new Mount("/", new RestProtocol("/", calls("root"))),
          // Mounted below the path that its routes follow.
          new Mount("/invites", new RestProtocol("", calls("invites", "/invites/who"))));

  record Nothing() {}

  record Named(String name) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void letsTheLongestServeInWhateverOrderTheyAreListed(long seed) {
    var shuffled = new ArrayList<>(MOUNTS);
    Collections.shuffle(shuffled, new Random(seed));

    try (var server = listen(new Mounts(shuffled, nothing()))) {
      assertThat(rest(server, "/dd/v1/who")).isEqualTo("200 first");
      assertThat(rest(server, "/dd/who")).isEqualTo("200 second");
      assertThat(rest(server, "/who")).isEqualTo("200 root");
      assertThat(rest(server, "/invites/who")).isEqualTo("200 invites");
      assertThat(trpc(server, "/trpc/who.ami")).isEqualTo("200 first");
      assertThat(trpc(server, "/xx/trpc/who.ami")).isEqualTo("200 second");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ddx/who", "/dd/v1x/who", "/dd/v1", "/dd", "/trpcx/who.ami", "/xx/who"})
  void servesNothingByAPrefixThatIsNoSegment(String path) {
    try (var server = listen(new Mounts(MOUNTS, nothing()))) {
      assertThat(rest(server, path)).startsWith("404 ");
    }
  }

  @Test
  void leavesWhatNothingIsMountedAtToTheRest() {
    var mounts = new Mounts(List.of(MOUNTS.getFirst(), MOUNTS.get(3)), nothing());

    assertThat(mounts.at("/elsewhere")).hasToString("the document /nothing");
    assertThat(mounts.at("/ddx")).hasToString("the document /nothing");
    assertThat(mounts.atTarget("/dd?x=/trpc")).hasToString("REST of second");
  }

  @Test
  void refusesTwoAtOnePathAndNamesBoth() {
    var mounts =
        List.of(
            new Mount("/trpc", new TrpcProtocol("/trpc", calls("first"))),
            new Mount("/dd", new RestProtocol("/dd", calls("first"))),
            new Mount("/trpc", new TrpcProtocol("/trpc", calls("second"))));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mounts(mounts, nothing()))
        .withMessage("two are mounted at /trpc: tRPC of first and tRPC of second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dd", "/dd/", "//"})
  void refusesAPathThatNoRequestIsUnder(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Mount(path, nothing()));
  }

  private static Protocol nothing() {
    return new Document(
        "/nothing", Reply.empty(204), new RestProtocol("/nothing", calls("nothing")));
  }

  private static Calls calls(String name) {
    return calls(name, "/who");
  }

  private static Calls calls(String name, String path) {
    var api =
        new Api(
            name,
            "Tells its name",
            new Audience.Everyone(),
            ScopeCatalogue.of(),
            List.of(
                query("who.ami", possession("nothing"), get(path))
                    .about("Tells the name of the API.")
                    .takes(Nothing.class)
                    .gives(Named.class)
                    .inlineBy(_ -> Outcome.done(new Named(name)))));
    return new Calls(api, ACCESS, CREDENTIALS, _ -> {}, InstantSource.system());
  }

  private static HttpServer listen(Mounts mounts) {
    try {
      return HttpServer.listen(
          new HttpServer.Options("127.0.0.1", 0, 1, 1),
          mounts,
          CREDENTIALS,
          ACCESS,
          _ -> {},
          new Streams(),
          new TrustedProxies(List.of()),
          InstantSource.system());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The status and, in the envelope of REST, the name that is told.
  private static String rest(HttpServer server, String path) {
    return sent(server, path, "{\"success\":true,\"data\":{\"name\":\"");
  }

  private static String trpc(HttpServer server, String path) {
    return sent(server, path, "{\"result\":{\"data\":{\"name\":\"");
  }

  private static String sent(HttpServer server, String path, String before) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      var body = answer.body();
      int start = body.startsWith(before) ? before.length() : body.length();
      int end = Math.max(start, body.indexOf('"', start));
      return answer.statusCode() + " " + body.substring(start, end);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
