/// What people are to organisations: memberships and their roles, invitations, and the code that
/// makes the first owner.
///
/// Start with [dev.keyreeve.platform.member.Members].
@NullMarked
package dev.keyreeve.platform.member;

import org.jspecify.annotations.NullMarked;
