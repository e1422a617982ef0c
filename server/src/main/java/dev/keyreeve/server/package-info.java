@NullMarked
package dev.keyreeve.server;

import org.jspecify.annotations.NullMarked;
