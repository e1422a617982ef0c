package dev.keyreeve.procedure.trpc;

import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.json.Caps;
import org.jspecify.annotations.Nullable;

/// A call as the path names it.
///
/// @param procedure null if there is none of this name
record Named(String name, @Nullable Procedure<?, ?> procedure) {

  boolean is(Kind kind) {
    return procedure != null && procedure.kind() == kind;
  }

  boolean isInline() {
    return procedure != null && procedure.inline();
  }

  Caps caps() {
    return procedure == null ? Caps.DEFAULT : procedure.caps();
  }
}
