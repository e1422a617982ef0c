package dev.keyreeve.procedure.trpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// How the envelopes of a batch stand together in one body.
enum Framing {
  ARRAY("[", false, "", "", "]"),
  /// Chunks whose values are all there at once. Without the last line break the client takes the
  /// stream for broken.
  STREAM_11("{", true, "[[", "]]", "}\n"),
  /// A line for each call.
  STREAM_10("{", true, "", "\n", "}");

  private final String start;
  private final boolean keyed;
  private final String before;
  private final String after;
  private final String end;

  Framing(String start, boolean keyed, String before, String after, String end) {
    this.start = start;
    this.keyed = keyed;
    this.before = before;
    this.after = after;
    this.end = end;
  }

  byte[] of(List<Envelope> envelopes) {
    var body = new ByteArrayOutputStream(envelopes.size() * 256);
    write(start, body);
    for (int i = 0; i < envelopes.size(); i++) {
      if (i > 0) write(",", body);
      if (keyed) write("\"" + i + "\":", body);
      write(before, body);
      body.writeBytes(envelopes.get(i).json());
      write(after, body);
    }
    write(end, body);
    return body.toByteArray();
  }

  private static void write(String ascii, ByteArrayOutputStream body) {
    body.writeBytes(ascii.getBytes(US_ASCII));
  }
}
