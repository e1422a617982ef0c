package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A connection on which a test says what no client would. It reads answers as RFC 9112 frames
/// them, and waits for none longer than ten seconds.
final class RawSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final JsonMapper json = new JsonMapper();

  private final Socket socket;
  private final InputStream in;

  RawSocket(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An answer, with its header names in lower case.
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    JsonNode json() {
      try {
        return json.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }
  }

  RawSocket send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next answer to a request that was not HEAD.
  Answer answer() {
    return answer(true);
  }

  Answer answerToHead() {
    return answer(false);
  }

  private Answer answer(boolean hasBody) {
    try {
      var status = line();
      if (!status.startsWith("HTTP/1.")) throw new AssertionError("not an answer: " + status);

      var headers = new HashMap<String, String>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        var before =
            headers.put(
                line.substring(0, colon).toLowerCase(Locale.ROOT),
                line.substring(colon + 1).strip());
        if (before != null) throw new AssertionError("twice: " + line);
      }
      int code = Integer.parseInt(status.substring(9, 12));
      boolean isEmpty = !hasBody || code < 200 || code == 204 || code == 304;
      return new Answer(code, Map.copyOf(headers), isEmpty ? "" : body(headers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String body(Map<String, String> headers) throws IOException {
    var length = headers.get("content-length");
    if (length != null) return new String(octets(Integer.parseInt(length)), UTF_8);
    if (!"chunked".equals(headers.get("transfer-encoding"))) {
      return new String(in.readAllBytes(), UTF_8);
    }
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.writeBytes(octets(size));
      line();
      if (size == 0) return body.toString(UTF_8);
    }
  }

  private byte[] octets(int count) throws IOException {
    var octets = in.readNBytes(count);
    if (octets.length < count) throw new EOFException("the answer was cut off");
    return octets;
  }

  String line() {
    try {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) throw new EOFException("ended within: " + line);
        line.append((char) c);
      }
      return line.toString().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every answer up to the end of the connection, which the server has to make.
  List<Answer> answersToTheEnd() {
    var answers = new ArrayList<Answer>();
    while (!isEnded()) answers.add(answer());
    return answers;
  }

  /// Whether the server has ended the connection; waits until it has, or has said more.
  boolean isEnded() {
    try {
      in.mark(1);
      int next = in.read();
      in.reset();
      return next < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the server ends the connection so soon, without another word.
  boolean isEndedWithin(Duration time) {
    try {
      socket.setSoTimeout((int) time.toMillis());
      return isEnded();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof SocketTimeoutException) return false;
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
