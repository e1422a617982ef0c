package dev.keyreeve.procedure.shape;

/// One thing that is wrong with an input. Nothing here repeats a value of the input, which may be a
/// secret.
///
/// @param path where, such as `payer.email` or `items[3].reason`; empty for the input as a whole
/// @param code what, for programs, such as `required` or `too_long`
/// @param message what, for people: one sentence
public record Issue(String path, String code, String message) {
  /// The code of a [Content] of a kind that is not taken.
  public static final String UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type";

  /// The code of a [Content] that has more bytes than are taken.
  public static final String TOO_LARGE = "too_large";
}
