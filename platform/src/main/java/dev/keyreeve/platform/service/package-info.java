/// What a service is: everything that the server needs to know of one, so that it knows none by
/// name, and everything that one is made with.
///
/// Start with [dev.keyreeve.platform.service.ServiceDeclaration], which a module declares, and
/// [dev.keyreeve.platform.service.Service], which it makes.
@NullMarked
package dev.keyreeve.platform.service;

import org.jspecify.annotations.NullMarked;
