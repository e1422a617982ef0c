/// The server as a whole: what is opened at start, in which order, and how it is closed.
///
/// Start with [dev.keyreeve.server.node.Server], where everything is wired by hand.
@NullMarked
package dev.keyreeve.server.node;

import org.jspecify.annotations.NullMarked;
