/// Looks at what a server needs, whether or not one runs, and says what would keep it from its
/// work.
///
/// Start with [dev.keyreeve.server.doctor.Doctor].
@NullMarked
package dev.keyreeve.server.doctor;

import org.jspecify.annotations.NullMarked;
