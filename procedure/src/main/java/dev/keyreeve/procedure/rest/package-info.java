/// Procedures as ordinary resources: verbs, paths, and one envelope around every answer. Nothing is
/// declared here: all of it follows from each procedure's route and shapes. Open
/// [dev.keyreeve.procedure.rest.RestProtocol] first.
@NullMarked
package dev.keyreeve.procedure.rest;

import org.jspecify.annotations.NullMarked;
