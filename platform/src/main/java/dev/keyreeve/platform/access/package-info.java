/// The log of every change of access: the one door through which changes are made, and the follower
/// that brings them to what this node knows.
///
/// Start with [dev.keyreeve.platform.access.AccessChanges];
/// [dev.keyreeve.platform.access.AccessFeed] follows.
@NullMarked
package dev.keyreeve.platform.access;

import org.jspecify.annotations.NullMarked;
