/// How the banks of the sandbox behave. Which account a payer has says what happens, so that any
/// test can bring about any ending. Open
/// [SandboxScript][dev.keyreeve.directdebit.rail.sandbox.SandboxScript] first.
@NullMarked
package dev.keyreeve.directdebit.rail.sandbox;

import org.jspecify.annotations.NullMarked;
