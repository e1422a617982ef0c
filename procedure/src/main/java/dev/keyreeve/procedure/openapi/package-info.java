/// Describes procedures to HTTP clients of any language, in the words of OpenAPI 3.1. Nothing is
/// declared here: all of it is written from what the procedures declare. Open [JsonSchema] first.
@NullMarked
package dev.keyreeve.procedure.openapi;

import org.jspecify.annotations.NullMarked;
