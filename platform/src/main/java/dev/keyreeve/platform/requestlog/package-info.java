/// What was called, by whom and how it ended, kept for a set time and searched by people.
///
/// Start with [dev.keyreeve.platform.requestlog.RequestLog], which keeps the rows, and
/// [dev.keyreeve.platform.requestlog.LogSearch], which finds them.
@NullMarked
package dev.keyreeve.platform.requestlog;

import org.jspecify.annotations.NullMarked;
