/// What JSON a Java record stands for: decoded with every issue at once, written, and described. A
/// record's components, their annotations and its compact constructor are the whole declaration.
/// Open [Shape] first, then [Form].
@NullMarked
package dev.keyreeve.procedure.shape;

import org.jspecify.annotations.NullMarked;
