package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.credential.SecretDigest;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Holds the peppers of a server against those under which the keys of its database are digested.
/// With another pepper of the same version every key would be refused as unknown.
public final class KnownPeppers {
  private KnownPeppers() {}

  /// Notes the fingerprints of peppers that are new to the database.
  ///
  /// @throws IllegalStateException if the database knows another pepper of one's version, or a
  ///   newer one, in a sentence for who starts the server
  public static void check(Jdbi jdbi, Peppers peppers, Instant now) {
    jdbi.useTransaction(
        handle -> {
          var older = peppers.older();
          if (older != null) check(handle, older, now);
          check(handle, peppers.newest(), now);
          int last =
              handle.createQuery("select max(version) from pepper").mapTo(Integer.class).one();
          if (last > peppers.newest().version()) {
            throw new IllegalStateException(
                "Keys of this database are made under pepper "
                    + last
                    + ", which this server does not have: copy the file 'pepper' from the data"
                    + " directory of a server that has it.");
          }
        });
  }

  private static void check(Handle handle, Pepper pepper, Instant now) {
    handle
        .createUpdate(
            """
            insert into pepper (version, fingerprint, first_seen)
            values (:version, :fingerprint, :now)
            on conflict (version) do nothing
            """)
        .bind("version", pepper.version())
        .bind("fingerprint", pepper.fingerprint().toBytes())
        .bind("now", now)
        .execute();
    var known =
        handle
            .createQuery("select fingerprint from pepper where version = :version")
            .bind("version", pepper.version())
            .mapTo(byte[].class)
            .one();
    if (!SecretDigest.of(known).matches(pepper.fingerprint())) {
      throw new IllegalStateException(
          "The pepper of version "
              + pepper.version()
              + " is not the one under which this database's keys are made, so that no key would"
              + " work: copy the file 'pepper' from the data directory where it was made.");
    }
  }
}
