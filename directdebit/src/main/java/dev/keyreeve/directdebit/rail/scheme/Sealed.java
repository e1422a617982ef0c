package dev.keyreeve.directdebit.rail.scheme;

import dev.keyreeve.directdebit.bacs.VolumeSerial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A submission whose content is fixed.
///
/// @param file null where items are sent one by one; then their rows say what is sent
public record Sealed(@Nullable File file, List<Item> items) {
  public Sealed {
    items = List.copyOf(items);
  }

  /// @param serial by which reports name the submission
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  public record File(VolumeSerial serial, byte[] bytes) {}
}
