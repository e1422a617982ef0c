package dev.keyreeve.procedure.rest;

import dev.keyreeve.procedure.http.PercentEncoding;
import org.jspecify.annotations.Nullable;

/// The header `Content-Disposition` (RFC 6266). Content is always to be saved: what somebody sent
/// in is no page of ours, whatever it says it is.
final class Disposition {
  private Disposition() {}

  /// With a name that is not plain ASCII, an older client gets one that looks like it.
  static String of(@Nullable String fileName) {
    if (fileName == null) return "attachment";

    var plain = fileName.replaceAll("[^A-Za-z0-9 ._()+-]", "_");
    var line = "attachment; filename=\"" + plain + '"';
    return plain.equals(fileName)
        ? line
        : line + "; filename*=UTF-8''" + PercentEncoding.encode(fileName);
  }
}
