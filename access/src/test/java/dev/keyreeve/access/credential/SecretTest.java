package dev.keyreeve.access.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import org.junit.jupiter.api.Test;

class SecretTest {
  private final Secret secret = Secret.of("dd_live_abc");

  @Test
  void revealsItsTextOnRequestAlone() {
    assertThat(secret.reveal()).isEqualTo("dd_live_abc");
    assertThat(secret).hasToString("[redacted]");
    assertThat(new Credential.Token(secret).toString()).doesNotContain("dd_live_abc");
    assertThat(new Credential.Cookie(secret, new Provenance.Claimed(secret)).toString())
        .doesNotContain("dd_live_abc");
  }

  @Test
  void equalsASecretOfTheSameText() {
    assertThat(secret)
        .isEqualTo(Secret.of("dd_live_abc"))
        .hasSameHashCodeAs(Secret.of("dd_live_abc"));
    assertThat(secret).isNotEqualTo(Secret.of("dd_live_abd")).isNotEqualTo(Secret.of("dd_live_ab"));
  }

  @Test
  void cannotBeSerialised() {
    assertThat(secret).isNotInstanceOf(Serializable.class);
  }

  @Test
  void tellsNothingInItsHashCode() {
    assertThat(secret.hashCode()).isEqualTo(Secret.of("another").hashCode());
  }
}
