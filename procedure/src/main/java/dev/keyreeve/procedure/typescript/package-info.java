/// Describes procedures to TypeScript clients. Nothing is declared here: all of it is written from
/// what the procedures declare. Open [TypeScriptTypes] first.
@NullMarked
package dev.keyreeve.procedure.typescript;

import org.jspecify.annotations.NullMarked;
