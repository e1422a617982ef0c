/// What every protocol is to the server: it plans a request from its head, refuses it, or answers
/// it.
///
/// Start with [dev.keyreeve.procedure.protocol.Protocol].
@NullMarked
package dev.keyreeve.procedure.protocol;

import org.jspecify.annotations.NullMarked;
