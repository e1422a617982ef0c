/// Who changed what: a chain of entries for each organisation, written in the transaction of the
/// change itself, signed now and then, searched, exported and verified.
///
/// Start with [dev.keyreeve.platform.audit.AuditLog], which appends, and
/// [dev.keyreeve.platform.audit.ChainCheck], which finds what does not fit.
@NullMarked
package dev.keyreeve.platform.audit;

import org.jspecify.annotations.NullMarked;
