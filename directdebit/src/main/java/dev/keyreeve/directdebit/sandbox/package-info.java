/// How the banks of the sandbox behave. Which account a payer has says what happens, so that any
/// test can bring about any ending. Open
/// [SandboxScript][dev.keyreeve.directdebit.sandbox.SandboxScript] first.
@NullMarked
package dev.keyreeve.directdebit.sandbox;

import org.jspecify.annotations.NullMarked;
