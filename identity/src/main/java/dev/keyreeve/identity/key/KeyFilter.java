package dev.keyreeve.identity.key;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// Which keys are meant: those that all of this fits. Hidden keys never are.
record KeyFilter(
    @Nullable String workspace,
    KeyView.@Nullable Status status,
    @Nullable String tag,
    @Nullable String createdBy,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore,
    boolean withRevoked) {

  /// All keys of a workspace, or of all workspaces.
  static KeyFilter of(@Nullable String workspace) {
    return new KeyFilter(workspace, null, null, null, null, null, true);
  }

  KeyFilter within(String other) {
    return new KeyFilter(other, status, tag, createdBy, createdAfter, createdBefore, withRevoked);
  }

  /// A part of what is meant.
  ///
  /// @param newestFirst otherwise oldest first
  /// @param after what comes before it; null for the beginning
  record Part(boolean newestFirst, @Nullable Place after, int limit) {
    static final Part WHOLE = new Part(false, null, Integer.MAX_VALUE);
  }

  /// Where a key stands among all.
  record Place(Instant createdAt, String id) {
    static Place of(KeyView key) {
      return new Place(key.createdAt(), key.id());
    }

    /// @throws IllegalArgumentException if the text is none that [#toString] wrote
    static Place parse(String text) {
      int space = text.indexOf(' ');
      if (space < 0) throw new IllegalArgumentException("not a place in a list of keys");
      try {
        return new Place(Instant.parse(text.substring(0, space)), text.substring(space + 1));
      } catch (DateTimeParseException notAnInstant) {
        throw new IllegalArgumentException("not a place in a list of keys", notAnInstant);
      }
    }

    @Override
    public String toString() {
      return createdAt + " " + id;
    }
  }
}
