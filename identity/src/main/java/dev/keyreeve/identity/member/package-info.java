/// What people are to organisations: memberships and their roles, invitations, and the code that
/// makes the first owner.
///
/// Start with [dev.keyreeve.identity.member.Members].
@NullMarked
package dev.keyreeve.identity.member;

import org.jspecify.annotations.NullMarked;
