/// The way of a request: from the socket through the decision to a protocol, and back.
///
/// Start with [dev.keyreeve.server.http.HttpServer]. No type of the HTTP library is seen outside of
/// this room.
@NullMarked
package dev.keyreeve.server.http;

import org.jspecify.annotations.NullMarked;
