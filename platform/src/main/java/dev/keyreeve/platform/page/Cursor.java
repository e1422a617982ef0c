package dev.keyreeve.platform.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a list names its pages: by the key of the last item before, in a form that callers have
/// nothing to read in. A cursor grants nothing; what it leads to is asked for as the caller.
///
/// @param list each list takes back its own cursors alone
public record Cursor(String list) {
  public static final Reason INVALID =
      new Reason(Code.BAD_REQUEST, "invalid_cursor", "The cursor is none of this list's.");

  /// The name of the page after the item with this key.
  public String after(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((list + ":" + key).getBytes(UTF_8));
  }

  /// The key in a cursor; empty if there is no cursor, which is the first page.
  ///
  /// @param parse throws an [IllegalArgumentException] for what is no key
  public <T> Outcome<Optional<T>> read(@Nullable String cursor, Function<String, T> parse) {
    if (cursor == null) return Outcome.done(Optional.empty());
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (!text.startsWith(list + ":")) return Outcome.refused(INVALID);

      return Outcome.done(Optional.of(parse.apply(text.substring(list.length() + 1))));
    } catch (IllegalArgumentException notACursor) {
      return Outcome.refused(INVALID);
    }
  }
}
