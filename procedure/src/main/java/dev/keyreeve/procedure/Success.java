package dev.keyreeve.procedure;

import dev.keyreeve.procedure.http.ETag;
import dev.keyreeve.procedure.shape.Shape;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call that was carried out answers with.
///
/// @param shape of the value
/// @param status in REST; tRPC has but one
/// @param headers made from the value, each of another kind
public record Success<O>(Shape<O> shape, Status status, List<AnswerHeader<O>> headers) {

  /// The statuses of a success (RFC 9110, section 15.3).
  public enum Status {
    OK(200),
    /// There is something new.
    CREATED(201),
    /// The work is begun, and not done yet.
    ACCEPTED(202),
    /// There is nothing to show: REST leaves the value out.
    NO_CONTENT(204);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  public Success {
    headers = List.copyOf(headers);
    var kinds = new HashSet<Class<?>>();
    for (var header : headers) {
      if (!kinds.add(header.getClass())) {
        throw new IllegalArgumentException("an answer has one " + header.name() + " at most");
      }
    }
  }

  public static <O> Success<O> of(Shape<O> shape) {
    return new Success<>(shape, Status.OK, List.of());
  }

  /// Whether it says which state it shows.
  public boolean isTagged() {
    for (var header : headers) {
      if (header instanceof AnswerHeader.Tag<O>) return true;
    }
    return false;
  }

  /// The state that a value shows, or null.
  public @Nullable ETag tagOf(O value) {
    for (var header : headers) {
      if (header instanceof AnswerHeader.Tag<O>(var of)) return of.apply(value);
    }
    return null;
  }
}
