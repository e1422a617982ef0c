@NullMarked
package dev.keyreeve.benchmark;

import org.jspecify.annotations.NullMarked;
