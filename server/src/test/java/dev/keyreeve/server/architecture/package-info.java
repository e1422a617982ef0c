/// The rules that hold the rooms of the house apart, read off the compiled classes of every module.
/// A rule that finds nothing wrong must also prove that it can: planted offenders are checked
/// beside the real code. Open [ArchitectureTest] first; [TablesTest] holds whose table is whose.
@NullMarked
package dev.keyreeve.server.architecture;

import org.jspecify.annotations.NullMarked;
