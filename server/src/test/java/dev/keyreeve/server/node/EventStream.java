package dev.keyreeve.server.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A subscription to the events of mandates, on a connection of its own.
final class EventStream implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final BufferedReader reader;
  private final List<String> rest = new ArrayList<>();

  EventStream(int port, String key) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket
        .getOutputStream()
        .write(
            """
            GET /trpc/mandates.stream HTTP/1.1\r
            Host: localhost\r
            Accept: text/event-stream\r
            Authorization: Bearer %s\r
            \r
            """
                .formatted(key)
                .getBytes(StandardCharsets.US_ASCII));
    reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /// All lines up to the first that begins like this.
  List<String> linesUntil(String beginning) throws IOException {
    var lines = new ArrayList<String>();
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.startsWith(beginning)) return lines;
    }
    throw new AssertionError("no line begins with '" + beginning + "' in " + lines);
  }

  /// Reads to the end, which must come.
  boolean isOver() throws IOException {
    for (var line = reader.readLine(); line != null; line = reader.readLine()) rest.add(line);
    return true;
  }

  /// What was still to be read before the end.
  List<String> rest() {
    return rest;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
