package dev.keyreeve.platform.postgres;

import dev.keyreeve.access.credential.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// A generated password of 256 random bits, kept in a file that only its owner can read.
record KeptPassword(Path file, Secret secret) {

  static KeptPassword in(Path file, Unfinished unfinished) throws IOException {
    if (!Files.exists(file)) {
      var fresh = Files.createTempFile(unfinished.directory(), "", "");
      Files.writeString(fresh, generate().reveal());
      Unfinished.publish(fresh, file);
    }
    return new KeptPassword(file, Secret.of(Files.readString(file).strip()));
  }

  static Secret generate() {
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }
}
