/// How a server is to run: one YAML file, the environment and flags, read into one record for each
/// feature.
///
/// Start with [dev.keyreeve.server.config.KnownSettings], where each setting of the server is
/// declared once beside the groups that services bring, and [dev.keyreeve.server.config.Sources],
/// which reads them.
@NullMarked
package dev.keyreeve.server.config;

import org.jspecify.annotations.NullMarked;
