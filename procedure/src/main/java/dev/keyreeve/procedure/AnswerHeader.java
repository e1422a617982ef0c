package dev.keyreeve.procedure;

import dev.keyreeve.procedure.http.ETag;
import dev.keyreeve.procedure.http.PercentEncoding;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A header of a success, made from its value. REST sends it as a header; tRPC shows it as one more
/// field of the value, which is all that its clients get to see of an answer.
public sealed interface AnswerHeader<O> {
  /// As REST calls it.
  String name();

  /// As tRPC calls it.
  String field();

  /// The state that the value shows (RFC 9110, section 8.8.3). A query that has one answers a
  /// request that names it in `If-None-Match` with 304.
  record Tag<O>(Function<O, ETag> of) implements AnswerHeader<O> {
    @Override
    public String name() {
      return "ETag";
    }

    @Override
    public String field() {
      return "etag";
    }
  }

  /// Where what came of the call is shown (RFC 9110, section 10.2.2).
  ///
  /// @param route of a query of the same API
  /// @param variables what stands in its braces, in their order
  record Location<O>(Route route, List<Function<O, ?>> variables) implements AnswerHeader<O> {
    public Location {
      variables = List.copyOf(variables);
      if (variables.size() != route.variables().size()) {
        throw new IllegalArgumentException(route + " needs a value for each of its variables");
      }
    }

    /// The path, from where the API's routes begin.
    public String path(O value) {
      var path = new StringBuilder();
      var next = variables.iterator();
      for (var segment : route.segments()) {
        path.append('/')
            .append(
                Route.isVariable(segment)
                    ? PercentEncoding.encode(next.next().apply(value).toString())
                    : segment);
      }
      return path.toString();
    }

    @Override
    public String name() {
      return "Location";
    }

    @Override
    public String field() {
      return "location";
    }
  }

  /// How long to wait before asking again (RFC 9110, section 10.2.3); null where there is nothing
  /// to wait for.
  record RetryAfter<O>(Function<O, @Nullable Duration> of) implements AnswerHeader<O> {
    /// What is over already is no wait at all.
    public @Nullable Duration wait(O value) {
      var wait = of.apply(value);
      return wait == null || !wait.isNegative() ? wait : Duration.ZERO;
    }

    @Override
    public String name() {
      return "Retry-After";
    }

    @Override
    public String field() {
      return "retryAfterMs";
    }
  }
}
