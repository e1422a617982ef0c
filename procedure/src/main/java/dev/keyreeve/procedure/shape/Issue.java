package dev.keyreeve.procedure.shape;

/// One thing that is wrong with an input. Nothing here repeats a value of the input, which may be a
/// secret.
///
/// @param path where, such as `payer.email` or `items[3].reason`; empty for the input as a whole
/// @param code what, for programs, such as `required` or `too_long`
/// @param message what, for people: one sentence
public record Issue(String path, String code, String message) {}
