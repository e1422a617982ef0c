package dev.keyreeve.identity.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Unavailable;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditedChangesTest {
  private TestIdentity identity;

  @BeforeEach
  void start() {
    identity = TestIdentity.start();
  }

  @AfterEach
  void stop() {
    identity.close();
  }

  @Test
  void commitsAnEntryTogetherWithItsChange() {
    var organisation = identity.organisation();

    var outcome = rename(organisation.id(), Outcome.done("done"));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(renamed()).isEqualTo(1);
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void dropsAnEntryTogetherWithAChangeThatIsRefused() {
    var organisation = identity.organisation();

    rename(organisation.id(), Outcome.refused(new Reason(Code.CONFLICT, "no", "It must not be.")));

    assertThat(renamed()).isZero();
    assertThat(entries()).isZero();
  }

  @Test
  void dropsAChangeWhoseEntryCannotBeWritten() {
    var organisation = identity.organisation();
    execute("alter table audit_entry add check (action <> 'organisation.renamed')");

    assertThatThrownBy(() -> rename(organisation.id(), Outcome.done("done")))
        .isInstanceOf(RuntimeException.class);

    assertThat(renamed()).isZero();
    assertThat(entries()).isZero();
  }

  @Test
  void changesNothingWithoutItsAuditEntry() {
    var issued = identity.key(identity.organisation().workspaceId(), TestPlatform.READ);
    var id = KeyId.parse(issued.details().id());
    execute("alter table audit_entry rename to elsewhere");

    assertThatThrownBy(
            () -> identity.keys().become(id, KeyState.REVOKED, Actor.SYSTEM, TestPlatform.START))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("audit");

    assertThat(count("select count(*) from api_key where state = 'active'")).isEqualTo(1);
  }

  private Outcome<?> rename(String id, Outcome<String> outcome) {
    return identity
        .changes()
        .change(
            Actor.SYSTEM,
            identity.clock().instant(),
            alteration -> {
              alteration
                  .handle()
                  .execute("update organisation set name = 'Renamed' where id = ?", id);
              alteration.touches(Basis.Kind.ORGANISATION, id);
              alteration.records(id, "organisation.renamed", Target.organisation(id), Map.of());
              return outcome;
            });
  }

  private int renamed() {
    return count("select count(*) from organisation where name = 'Renamed'");
  }

  private int entries() {
    return count("select count(*) from audit_entry where action = 'organisation.renamed'");
  }

  private void execute(String statement) {
    identity.database().jdbi().useHandle(handle -> handle.execute(statement));
  }

  private int count(String sql) {
    return identity
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }
}
