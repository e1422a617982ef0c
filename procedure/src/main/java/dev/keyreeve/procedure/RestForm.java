package dev.keyreeve.procedure;

/// In which form an API answers in REST. tRPC has one of its own.
public enum RestForm {
  /// `{"success":true,"data":...}` or `{"success":false,"error":{...}}`; a refusal is problem
  /// details to those who name them in `Accept`.
  ENVELOPED,
  /// The value itself, or problem details (RFC 9457): both are what clients and tools know without
  /// having been told, and their media types differ, so that no refusal is taken for a value.
  PLAIN
}
