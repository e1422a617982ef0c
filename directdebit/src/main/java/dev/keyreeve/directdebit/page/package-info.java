/// Long lists, handed out page by page, each page naming the next.
///
/// Start with [dev.keyreeve.directdebit.page.Page]; a [dev.keyreeve.directdebit.page.Cursor] makes
/// and reads the names.
@NullMarked
package dev.keyreeve.directdebit.page;

import org.jspecify.annotations.NullMarked;
