package dev.keyreeve.platform.tenancy;

import org.jspecify.annotations.Nullable;

/// The input of a call that may say which workspace it is about. The command line has to, since it
/// has none of its own; whoever has one may name that one alone.
public interface InWorkspace {

  /// The caller's own unless said.
  @Nullable String workspaceId();
}
