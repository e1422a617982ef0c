/// Who collects and how: the service user whose name payers read on their statements, and how a
/// workspace collects by it. A service user of the sandbox has a clock of its own. Open
/// [SandboxClock][dev.keyreeve.directdebit.collector.serviceuser.SandboxClock] first.
@NullMarked
package dev.keyreeve.directdebit.collector.serviceuser;

import org.jspecify.annotations.NullMarked;
