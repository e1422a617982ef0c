package dev.keyreeve.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// One permitted call with its decoded input.
///
/// @param json the input as it was sent, for what must know a repeated call from a changed one
public record Call<I, O>(
    Procedure<I, O> procedure, Caller caller, I input, JsonNode json, Instant at) {}
