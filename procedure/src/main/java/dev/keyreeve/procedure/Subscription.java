package dev.keyreeve.procedure;

import dev.keyreeve.access.decision.Decision.Permission;
import dev.keyreeve.procedure.shape.Shape;
import java.util.function.Supplier;

/// An open subscription: its events, and whether its caller may still have them.
///
/// @param permission decided anew at each asking, without being charged
public record Subscription<O>(Shape<O> shape, Feed<O> feed, Supplier<Permission> permission) {}
