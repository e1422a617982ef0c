package dev.keyreeve.procedure;

import dev.keyreeve.procedure.http.ETag;
import dev.keyreeve.procedure.http.ETags;
import org.jspecify.annotations.Nullable;

/// An input of a mutation that may say which state of a thing it means to change. REST reads it
/// from the header `If-Match` (RFC 9110, section 13.1.1), everything else from its field.
///
/// A record whose component is not `@Nullable` demands it: a call without it is refused with
/// `precondition_required`. The handler, which alone can read and change in one, refuses with
/// `precondition_failed` what means another state.
public interface Conditional {
  /// Null where any state will do.
  @Nullable ETags ifMatch();

  /// Whether it means a thing that has this tag now.
  default boolean means(ETag current) {
    var expected = ifMatch();
    return expected == null || expected.includeStrongly(current);
  }
}
