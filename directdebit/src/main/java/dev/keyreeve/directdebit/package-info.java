@NullMarked
package dev.keyreeve.directdebit;

import org.jspecify.annotations.NullMarked;
