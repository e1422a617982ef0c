package dev.keyreeve.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
  @Test
  void readsWhatPostgresqlsOwnToolsWrite() {
    var location =
        DatabaseUrl.parse("postgresql://key%40reeve:p%3Aw+d@db.example:5433/prod?sslmode=require");

    assertThat(location.jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:5433/prod?sslmode=require");
    assertThat(location.user()).isEqualTo("key@reeve");
    assertThat(location.password().reveal()).isEqualTo("p:w+d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://user:hunter2@host/db",
        "postgresql://host/db",
        "postgresql://user@host/db",
        "postgresql://:hunter2@host/db",
        "not a url hunter2",
        ""
      })
  void refusesAnythingElseWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql://user:password@host:5432/name")
        .hasMessageNotContaining("hunter2");
  }
}
