package dev.keyreeve.directdebit.mandate.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://agent.example",
        "https://agent.example:8443/tenants/42?from=invite#top",
        "http://localhost:3000/done",
        "http://127.0.0.1/",
        "http://[::1]:8080/"
      })
  void takesSecureUrlsAndThoseOfTheMachineItself(String text) {
    assertThat(RedirectUrl.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "agent.example",
        "//agent.example/",
        "https:agent.example",
        "https:///path",
        "http://agent.example/",
        "http://localhost.agent.example/",
        "http://localhost@agent.example/",
        "https://user@agent.example/",
        "https://agent.example/a b",
        "https://agent.example/\n",
        "javascript:alert(1)//https://agent.example",
        "data:text/html,hello",
        "HTTPS://agent.example/"
      })
  void takesNothingElse(String text) {
    assertThatThrownBy(() -> RedirectUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
