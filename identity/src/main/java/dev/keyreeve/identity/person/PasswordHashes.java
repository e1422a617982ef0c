package dev.keyreeve.identity.person;

import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/// Turns passwords into what is kept of them: Argon2id (RFC 9106), written as a PHC string with its
/// cost and salt.
///
/// Hashing is dear on purpose, in time and in memory, so only a few are computed at once and others
/// wait in turn; who has waited too long is answered that the server is busy. A password for nobody
/// costs the same work as one for somebody.
///
/// Threads: any number.
public final class PasswordHashes {
  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;

  private final Argon2Cost cost;
  private final Semaphore turns;
  private final Duration patience;
  private final SecureRandom random;
  private final PhcString nobodys;

  /// What came of comparing a password.
  public enum Verdict {
    WRONG,
    RIGHT,
    /// Right, but kept at another cost than new ones: it is to be hashed anew.
    RIGHT_BUT_DATED
  }

  /// @param atOnce how many are computed at the same time
  /// @param patience longest wait for a turn
  public PasswordHashes(Argon2Cost cost, int atOnce, Duration patience, SecureRandom random) {
    this.cost = cost;
    this.turns = new Semaphore(atOnce, true);
    this.patience = patience;
    this.random = random;
    this.nobodys = new PhcString(cost, new byte[SALT_BYTES], new byte[TAG_BYTES]);
  }

  /// @param random makes salts
  public static PasswordHashes standard(SecureRandom random) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new PasswordHashes(
        Argon2Cost.STANDARD, Math.max(1, cores / 2), Duration.ofSeconds(3), random);
  }

  /// What to keep of a password; refused with [Reasons#OVERLOADED].
  public Outcome<String> hash(Password password) {
    return inTurn(
        () -> {
          var salt = new byte[SALT_BYTES];
          random.nextBytes(salt);
          return new PhcString(cost, salt, tag(cost, salt, password)).toString();
        });
  }

  /// Compares a password with what was kept; refused with [Reasons#OVERLOADED].
  ///
  /// @param kept null if there is nobody, or nobody with a password: then it is wrong, in no less
  ///   time
  public Outcome<Verdict> verify(Password password, @Nullable String kept) {
    return inTurn(
        () -> {
          var hash = kept == null ? nobodys : PhcString.parse(kept);
          var tag = tag(hash.cost(), hash.salt(), password);
          if (!MessageDigest.isEqual(tag, hash.tag()) || kept == null) return Verdict.WRONG;
          return hash.cost().equals(cost) ? Verdict.RIGHT : Verdict.RIGHT_BUT_DATED;
        });
  }

  private <T> Outcome<T> inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return Outcome.refused(Reasons.OVERLOADED, Map.of(Problem.RETRY_AFTER_MILLIS, 1000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.refused(Reasons.OVERLOADED, Map.of(Problem.RETRY_AFTER_MILLIS, 1000));
    }
    try {
      return Outcome.done(work.get());
    } finally {
      turns.release();
    }
  }

  private static byte[] tag(Argon2Cost cost, byte[] salt, Password password) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    var tag = new byte[TAG_BYTES];
    generator.generateBytes(password.bytes(), tag);
    return tag;
  }
}
