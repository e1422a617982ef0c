package dev.keyreeve.directdebit.rail.gocardless;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a list, newest first.
///
/// @param newer asks for the page before this one; null if there is none
/// @param older asks for the page after this one; null if there is none
public record Page<T>(List<T> items, @Nullable ResourceId newer, @Nullable ResourceId older) {
  public Page {
    items = List.copyOf(items);
  }
}
