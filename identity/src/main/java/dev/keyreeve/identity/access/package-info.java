/// The log of every change of access: the one door through which changes are made, and the follower
/// that brings them to what this node knows.
///
/// Start with [dev.keyreeve.identity.access.AccessChanges];
/// [dev.keyreeve.identity.access.AccessFeed] follows.
@NullMarked
package dev.keyreeve.identity.access;

import org.jspecify.annotations.NullMarked;
