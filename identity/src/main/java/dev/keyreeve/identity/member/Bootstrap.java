package dev.keyreeve.identity.member;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.organisation.Organisations;
import dev.keyreeve.identity.organisation.Plan;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// How the first person gets in. As long as nobody owns any organisation, each start of the server
/// makes a code and prints it; whoever reads it there becomes an owner. It works once, until the
/// next start makes another, and no longer than there is no owner.
public final class Bootstrap {
  public static final Reason WRONG_CODE =
      new Reason(
          Code.UNAUTHORIZED,
          "wrong_code",
          "This code does not work: it was used, or a later start has printed another.");
  public static final Reason EMAIL_TAKEN =
      new Reason(Code.CONFLICT, "email_taken", "Somebody has this e-mail address already.");
  public static final Reason NAME_MISSING =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "organisation_name_missing",
          "There is no organisation yet to own: name the new one in organisation_name.");

  private final Jdbi jdbi;
  private final Organisations organisations;
  private final SecureRandom random;

  /// @param random makes ids and tokens
  public Bootstrap(Jdbi jdbi, Organisations organisations, SecureRandom random) {
    this.jdbi = jdbi;
    this.organisations = organisations;
    this.random = random;
  }

  /// Makes the code of this start; the one of an earlier start is void.
  ///
  /// @param organisation whose owner it makes; null for the only one there is, or a new one
  /// @return null if somebody owns an organisation, and no code is needed
  public @Nullable BootstrapCode prepare(@Nullable String organisation, Instant now) {
    var code = BootstrapCode.random(random);
    boolean needed =
        jdbi.inTransaction(
            handle -> {
              handle.execute("delete from bootstrap_code");
              if (MemberStore.hasOwnerAnywhere(handle)) return false;

              handle
                  .createUpdate(
                      """
                      insert into bootstrap_code (digest, organisation_id, created_at)
                      values (:digest, :organisation, :now)
                      """)
                  .bind("digest", code.digest())
                  .bind("organisation", organisation)
                  .bind("now", now)
                  .execute();
              return true;
            });
    return needed ? code : null;
  }

  /// Whether this is the code, without using it.
  public boolean isCode(BootstrapCode code) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from bootstrap_code where digest = :digest)")
                .bind("digest", code.digest())
                .mapTo(Boolean.class)
                .one());
  }

  /// Uses the code, for the one who is first.
  ///
  /// @param organisationName of a new organisation; null to own the one that there is
  /// @return the id of the new person
  public Outcome<String> use(
      Alteration alteration,
      BootstrapCode code,
      EmailAddress email,
      String name,
      String passwordHash,
      @Nullable String organisationName) {
    var handle = alteration.handle();
    var now = alteration.now();
    var taken = take(handle, code);
    if (taken.isEmpty() || MemberStore.hasOwnerAnywhere(handle)) {
      return Outcome.refused(WRONG_CODE);
    }
    if (People.find(handle, email).isPresent()) return Outcome.refused(EMAIL_TAKEN);

    var organisation =
        organisationName == null
            ? taken.get().organisation().or(() -> onlyOne(handle)).orElse(null)
            : organisations
                .create(
                    alteration,
                    organisationName,
                    Plan.STANDARD,
                    Plan.STANDARD.callsPerMinute(),
                    Environment.LIVE)
                .id();
    if (organisation == null) return Outcome.refused(NAME_MISSING);

    var person = People.insert(handle, email, name, passwordHash, now, random);
    Members.add(alteration, organisation, person, Role.OWNER, now);
    return Outcome.done(person);
  }

  private record Taken(Optional<String> organisation) {}

  private static Optional<Taken> take(Handle handle, BootstrapCode code) {
    return handle
        .createQuery("delete from bootstrap_code where digest = :digest returning organisation_id")
        .bind("digest", code.digest())
        .map((row, _) -> new Taken(Optional.ofNullable(row.getString("organisation_id"))))
        .findOne();
  }

  private static Optional<String> onlyOne(Handle handle) {
    var all =
        handle
            .createQuery("select id from organisation order by created_at, id limit 2")
            .mapTo(String.class)
            .list();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }
}
