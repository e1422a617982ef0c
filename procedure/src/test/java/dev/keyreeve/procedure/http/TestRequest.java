package dev.keyreeve.procedure.http;

import dev.keyreeve.access.network.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A request as a server would hand it on, written by hand.
public record TestRequest(
    String method,
    String target,
    boolean requiresHost,
    List<Line> lines,
    Address peer,
    String requestId)
    implements RawRequest {
  public record Line(String name, String value) {}

  /// A good request: HTTP/1.1 with its host, from a peer on the internet.
  public static TestRequest get(String target) {
    return new TestRequest(
        "GET",
        target,
        true,
        List.of(new Line("Host", "api.example.com")),
        Address.parse("198.51.100.7"),
        "req_1");
  }

  public TestRequest method(String other) {
    return new TestRequest(other, target, requiresHost, lines, peer, requestId);
  }

  public TestRequest from(String address) {
    return new TestRequest(method, target, requiresHost, lines, Address.parse(address), requestId);
  }

  public TestRequest with(String name, String value) {
    var more = new ArrayList<>(lines);
    more.add(new Line(name, value));
    return new TestRequest(method, target, requiresHost, more, peer, requestId);
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> line) {
    lines.forEach(header -> line.accept(header.name(), header.value()));
  }

  @Override
  public @Nullable String header(String name) {
    return lines.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Line::value)
        .findFirst()
        .orElse(null);
  }
}
