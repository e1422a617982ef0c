@NullMarked
package dev.keyreeve.procedure;

import org.jspecify.annotations.NullMarked;
