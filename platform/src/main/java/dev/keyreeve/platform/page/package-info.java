/// Long lists, handed out page by page, each page naming the next.
///
/// Start with [dev.keyreeve.platform.page.Page]; a [dev.keyreeve.platform.page.Cursor] makes and
/// reads the names.
@NullMarked
package dev.keyreeve.platform.page;

import org.jspecify.annotations.NullMarked;
