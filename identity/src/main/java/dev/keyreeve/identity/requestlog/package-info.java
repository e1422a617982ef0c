/// What was called, by whom and how it ended, kept for a set time and searched by people.
///
/// Start with [dev.keyreeve.identity.requestlog.RequestLog], which keeps the rows, and
/// [dev.keyreeve.identity.requestlog.LogSearch], which finds them.
@NullMarked
package dev.keyreeve.identity.requestlog;

import org.jspecify.annotations.NullMarked;
