/// The procedures of an API in the form that the stock `@trpc/client` speaks, without any
/// transformer.
///
/// Start with [dev.keyreeve.procedure.trpc.TrpcProtocol].
@NullMarked
package dev.keyreeve.procedure.trpc;

import org.jspecify.annotations.NullMarked;
