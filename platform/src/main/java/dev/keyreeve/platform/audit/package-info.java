/// Who changed what: a chain of entries for each organisation, written in the transaction of the
/// change itself.
///
/// Start with [dev.keyreeve.platform.audit.AuditLog].
@NullMarked
package dev.keyreeve.platform.audit;

import org.jspecify.annotations.NullMarked;
