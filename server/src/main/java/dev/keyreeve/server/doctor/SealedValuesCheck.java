package dev.keyreeve.server.doctor;

import static dev.keyreeve.server.doctor.Finding.failed;
import static dev.keyreeve.server.doctor.Finding.good;
import static dev.keyreeve.server.doctor.Finding.warning;

import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.fieldkey.SealedValues;
import dev.keyreeve.server.config.Settings;
import dev.keyreeve.server.node.Services;
import java.nio.file.Files;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// The values of sealed columns: whether there are keys for all, and how far they are moved to the
/// newest.
final class SealedValuesCheck {
  private static final String SEALED = "sealed values";

  private SealedValuesCheck() {}

  static Finding examine(Settings settings, Handle handle) {
    var standing = SealedValues.standing(handle, Services.SHIPPED.sealedColumns());
    var file = settings.secrets().fieldKeysFile();
    if (Files.notExists(file)) return examine(standing, new TreeSet<>());
    try {
      return examine(standing, FieldKeys.loadOrCreate(file).ids());
    } catch (RuntimeException e) {
      return failed(SEALED, "The file of field keys cannot be read.");
    }
  }

  private static Finding examine(SealedValues.Standing standing, NavigableSet<Integer> ids) {
    long all = 0;
    long older = 0;
    for (var count : standing.counts().entrySet()) {
      if (!ids.contains(count.getKey())) {
        return failed(
            SEALED,
            count.getValue()
                + " values are sealed by field key "
                + count.getKey()
                + ", which the file lacks.");
      }
      all += count.getValue();
      if (count.getKey() < standing.used()) older += count.getValue();
    }
    if (!ids.isEmpty() && ids.last() > standing.used()) {
      return warning(
          SEALED,
          "Field key "
              + ids.last()
              + " is not in use yet: every server needs it, and a start with it.");
    }
    if (older > 0) {
      return warning(
          SEALED,
          older
              + " of "
              + all
              + " values are sealed by older field keys; a running server moves them to key "
              + standing.used()
              + ".");
    }
    var spare = standing.emptied().stream().filter(ids::contains).toList();
    return good(SEALED, all + " values are sealed by the newest field key." + mayGo(spare));
  }

  private static String mayGo(List<Integer> keys) {
    return keys.isEmpty()
        ? ""
        : " Of older ones, these may be taken out of the file: " + keys + ".";
  }
}
