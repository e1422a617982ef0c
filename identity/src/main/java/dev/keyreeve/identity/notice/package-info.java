/// What is told of keys: that one is about to expire, has expired, lies unused, has leaked, or does
/// without its old secret. Each occasion is told once.
///
/// Start with [dev.keyreeve.identity.notice.KeyEvents], the events;
/// [dev.keyreeve.identity.notice.KeyNotices] finds the occasions that come with time.
@NullMarked
package dev.keyreeve.identity.notice;

import org.jspecify.annotations.NullMarked;
