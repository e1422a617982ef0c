@NullMarked
package dev.keyreeve.platform;

import org.jspecify.annotations.NullMarked;
