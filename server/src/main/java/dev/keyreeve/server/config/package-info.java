/// How a server is to run: one YAML file, the environment and flags, read into one record for each
/// feature.
///
/// Start with [dev.keyreeve.server.config.KnownSettings], where each setting is declared once, and
/// [dev.keyreeve.server.config.Sources], which reads them.
@NullMarked
package dev.keyreeve.server.config;

import org.jspecify.annotations.NullMarked;
