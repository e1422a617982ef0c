package dev.keyreeve.platform.tenancy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The values of many rows, column by column, as one statement takes them: each column is bound
/// under its name as an array of texts, which the statement casts, such as `unnest(:id::text[],
/// :amount::bigint[])`.
public final class Columns {
  private final Map<String, List<@Nullable String>> values = new LinkedHashMap<>();

  Columns() {}

  /// Adds the value that the row has in a column; every row has one in each.
  ///
  /// @param value whose text PostgreSQL reads as the type that the statement casts to
  public Columns bind(String column, @Nullable Object value) {
    values
        .computeIfAbsent(column, _ -> new ArrayList<>())
        .add(value == null ? null : value.toString());
    return this;
  }

  <S extends SqlStatement<S>> S to(S statement) {
    values.forEach((name, column) -> statement.bindArray(name, String.class, column));
    return statement;
  }
}
