package dev.keyreeve.platform.service;

import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.mail.MailQueue;
import dev.keyreeve.platform.tenancy.Tenancy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;

/// What a service is made with: the parts of the platform that all services stand on.
///
/// @param tenancy by the server's clock; a service with a clock of its own has it go by that
/// @param publicUrl where people reach this server, without a slash at the end; asked for anew for
///   each link
/// @param clock the server's
public record Platform(
    Jdbi jdbi,
    Tenancy tenancy,
    FieldCipher cipher,
    Fingerprint fingerprint,
    MailQueue mail,
    Supplier<String> publicUrl,
    SecureRandom random,
    InstantSource clock) {

  /// All parts on one database, under the same keys.
  ///
  /// @param random makes ids and secrets
  /// @param jitter stretches the waits between tries of a mail
  public static Platform on(
      Jdbi jdbi,
      FieldKeys keys,
      Supplier<String> publicUrl,
      InstantSource clock,
      SecureRandom random,
      RandomGenerator jitter) {
    var cipher = new FieldCipher(keys);
    var fingerprint = new Fingerprint(keys);
    var tenancy = new Tenancy(jdbi, fingerprint);
    var mail = new MailQueue(jdbi, tenancy, cipher, clock, random, jitter);
    return new Platform(jdbi, tenancy, cipher, fingerprint, mail, publicUrl, random, clock);
  }
}
