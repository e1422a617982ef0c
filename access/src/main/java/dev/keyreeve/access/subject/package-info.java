/// Who a credential stands for, with every fact that a decision about it needs.
///
/// Start with [dev.keyreeve.access.subject.Subject].
@NullMarked
package dev.keyreeve.access.subject;

import org.jspecify.annotations.NullMarked;
