package dev.keyreeve.procedure.http;

import dev.keyreeve.procedure.shape.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The states of a thing that a request speaks of, as `If-Match` and `If-None-Match` name them (RFC
/// 9110, sections 13.1.1 and 13.1.2).
@Text(max = 2_000)
public sealed interface ETags {
  /// What they look like, for people.
  String FORM = "This must be * or entity-tags such as \"3\", \"4\".";

  /// `*`: whatever state it is in, as long as it is there.
  record Any() implements ETags {
    @Override
    public String toString() {
      return "*";
    }
  }

  /// One of these.
  record Listed(List<ETag> tags) implements ETags {
    public Listed {
      tags = List.copyOf(tags);
      if (tags.isEmpty()) throw new IllegalArgumentException("a list of tags names one");
    }

    @Override
    public String toString() {
      return String.join(", ", tags.stream().map(ETag::toString).toList());
    }
  }

  /// Reads the value of either header.
  ///
  /// @throws IllegalArgumentException if it is neither `*` nor a list of entity-tags
  static ETags parse(String text) {
    return Reader.WHATEVER.matcher(text).matches() ? new Any() : new Reader(text).tags();
  }

  /// The strong comparison, by which `If-Match` goes.
  default boolean includeStrongly(ETag tag) {
    return switch (this) {
      case Any _ -> true;
      case Listed(var tags) -> tags.stream().anyMatch(tag::equalsStrongly);
    };
  }

  /// The weak comparison, by which `If-None-Match` goes.
  default boolean includeWeakly(ETag tag) {
    return switch (this) {
      case Any _ -> true;
      case Listed(var tags) -> tags.stream().anyMatch(tag::equalsWeakly);
    };
  }

  /// Reads a list from its beginning to its end. A tag may hold commas, so there is no splitting.
  final class Reader {
    private static final Pattern WHATEVER = Pattern.compile("[ \t]*\\*[ \t]*");
    private static final Pattern TAG = Pattern.compile(ETag.PATTERN);

    /// Empty elements of a list are passed over (RFC 9110, section 5.6.1.2).
    private static final Pattern GAP = Pattern.compile("[ \t,]*");

    private final String text;
    private final List<ETag> tags = new ArrayList<>();

    private Reader(String text) {
      this.text = text;
    }

    private Listed tags() {
      int at = skip(GAP, 0);
      while (at < text.length()) {
        var tag = TAG.matcher(text).region(at, text.length());
        if (!tag.lookingAt()) throw malformed();
        tags.add(new ETag(tag.group(2), tag.group(1) != null));
        at = skip(GAP, tag.end());
        if (at < text.length() && text.substring(tag.end(), at).indexOf(',') < 0) throw malformed();
      }
      if (tags.isEmpty()) throw malformed();
      return new Listed(tags);
    }

    private int skip(Pattern pattern, int from) {
      var gap = pattern.matcher(text).region(from, text.length());
      return gap.lookingAt() ? gap.end() : from;
    }

    private static IllegalArgumentException malformed() {
      return new IllegalArgumentException(FORM);
    }
  }
}
