/// Describes an API's procedures and scopes to people, in Markdown. Nothing is declared here: all
/// of it is written from what the procedures declare. Open
/// [dev.keyreeve.procedure.reference.ScopeMatrix] first.
@NullMarked
package dev.keyreeve.procedure.reference;

import org.jspecify.annotations.NullMarked;
