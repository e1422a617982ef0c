package dev.keyreeve.identity.journal;

import org.jspecify.annotations.Nullable;

/// How a call ended.
///
/// @param status of HTTP, as far as this one call goes
/// @param outcome `ok`, or the code of the problem such as `FORBIDDEN`
/// @param reason the problem's word in the catalogue; null if there was no problem
public record End(int status, String outcome, @Nullable String reason) {
  /// The outcome of a call that was carried out.
  public static final String GOOD = "ok";

  public static final End OK = new End(200, GOOD, null);

  /// What is told of an end whose name found no room.
  static final End UNNAMED = new End(0, "unnamed", null);

  /// The one text that a journal keeps of it.
  String text() {
    return status + " " + outcome + (reason == null ? "" : " " + reason);
  }

  /// @param otherwise for what is no such text
  static End parseOr(String text, End otherwise) {
    var parts = text.split(" ", 3);
    if (parts.length < 2 || !parts[0].matches("[0-9]{3}")) return otherwise;
    return new End(Integer.parseInt(parts[0]), parts[1], parts.length == 3 ? parts[2] : null);
  }
}
