/// The directory in which a server keeps everything it must find again: database, secrets, control
/// file. It belongs to one user and to one running server at a time. Open `DataDirectory` first.
@NullMarked
package dev.keyreeve.platform.datadirectory;

import org.jspecify.annotations.NullMarked;
