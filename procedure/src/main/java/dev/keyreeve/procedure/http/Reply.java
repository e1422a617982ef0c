package dev.keyreeve.procedure.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer to a request. The array of the body belongs to the reply: nobody writes to it any
/// more.
///
/// @param status 200 to 599
@SuppressWarnings(
    "ArrayRecordComponent") // a copy for each answer would buy nothing: equality is defined below
public record Reply(int status, List<Header> headers, byte[] body) {
  private static final byte[] NOTHING = {};

  public Reply {
    if (status < 200 || status > 599)
      throw new IllegalArgumentException("not the status of a reply: " + status);
    headers = List.copyOf(headers);
  }

  public static Reply empty(int status) {
    return new Reply(status, List.of(), NOTHING);
  }

  public static Reply json(int status, byte[] body) {
    return of(status, "application/json", body);
  }

  public static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, List.of(new Header("content-type", contentType)), body);
  }

  /// This reply with one more header line; lines of the same name stay.
  public Reply with(String name, String value) {
    var more = new ArrayList<Header>(headers.size() + 1);
    more.addAll(headers);
    more.add(new Header(name, value));
    return new Reply(status, more, body);
  }

  /// The value of the first line of this name, given in lower case; null where there is none.
  public @Nullable String header(String name) {
    for (var header : headers) {
      if (header.name().equals(name)) return header.value();
    }
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reply(int otherStatus, var otherHeaders, var otherBody)
        && status == otherStatus
        && headers.equals(otherHeaders)
        && Arrays.equals(body, otherBody);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * status + headers.hashCode()) + Arrays.hashCode(body);
  }

  /// The status and the length of the body, which may hold a secret that is shown once.
  @Override
  public String toString() {
    return status + " with " + body.length + " bytes";
  }
}
