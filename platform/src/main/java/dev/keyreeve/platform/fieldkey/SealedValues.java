package dev.keyreeve.platform.fieldkey;

import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.tenancy.RowSight;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// How many values are sealed by which key.
public final class SealedValues {
  private SealedValues() {}

  /// Looks at every sealed value of every workspace, in the caller's transaction.
  public static SortedMap<Integer, Long> countByKey(Handle handle, List<SealedColumn> columns) {
    var counts = new TreeMap<Integer, Long>();
    for (var workspace : places(handle)) {
      RowSight.turnTo(handle, workspace);
      for (var column : columnsIn(workspace, columns)) count(handle, workspace, column, counts);
    }
    return counts;
  }

  /// Whether the newest key has been in use for so long that every server seals with it, and no
  /// transaction goes on that sealed with another: a minute.
  static boolean hasSettled(Handle handle) {
    return handle
        .createQuery(
            """
            select max(used_since) < now() - interval '1 minute' from field_key where id > 0
            """)
        .mapTo(Boolean.class)
        .one();
  }

  /// How far the move from older keys is.
  ///
  /// @param used the newest key in use; 0 if the database knows none
  /// @param counts of the values, by the key that sealed them
  /// @param emptied keys that may be taken out of the file of every server
  public record Standing(int used, SortedMap<Integer, Long> counts, List<Integer> emptied) {}

  /// Reads it in the caller's transaction.
  public static Standing standing(Handle handle, List<SealedColumn> columns) {
    int used =
        handle
            .createQuery("select coalesce(max(id), 0) from field_key where used_since is not null")
            .mapTo(Integer.class)
            .one();
    var emptied =
        handle
            .createQuery(
                """
                select id from field_key
                where emptied_at is not null and retired_at is null order by id
                """)
            .mapTo(Integer.class)
            .list();
    return new Standing(used, countByKey(handle, columns), emptied);
  }

  /// All workspaces; empty stands for the server itself.
  static List<String> places(Handle handle) {
    return handle
        .createQuery("select '' as id union all select id from workspace order by id")
        .mapTo(String.class)
        .list();
  }

  /// The columns that a place has values in.
  static List<SealedColumn> columnsIn(String place, List<SealedColumn> columns) {
    return columns.stream().filter(column -> column.ofWorkspaces() != place.isEmpty()).toList();
  }

  /// The key's id is the second byte of a sealed value.
  private static void count(
      Handle handle, String workspace, SealedColumn column, SortedMap<Integer, Long> counts) {
    handle
        .createQuery(
            """
            select get_byte(<column>, 1) as key, count(*) as number
            from <table> where <rows> and <column> is not null
            group by 1
            """)
        .define("column", column.name())
        .define("table", column.table())
        .define("rows", column.rowCondition())
        .bind("workspace", workspace)
        .map((row, _) -> counts.merge(row.getInt("key"), row.getLong("number"), Long::sum))
        .list();
  }
}
