@NullMarked
package dev.keyreeve.access;

import org.jspecify.annotations.NullMarked;
