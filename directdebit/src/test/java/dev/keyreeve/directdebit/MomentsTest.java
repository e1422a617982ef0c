package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.collector.moment.Job;
import dev.keyreeve.directdebit.collector.moment.MomentKind;
import dev.keyreeve.directdebit.collector.moment.Moments;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Moments of several service users, on a clock that begins at noon on Wednesday, 1 July 2026.
final class MomentsTest {
  private final TestRails rails = new TestRails();

  /// The service users in the order in which their moments happened.
  private final List<String> happened = new ArrayList<>();

  @AfterEach
  void stop() {
    rails.close();
  }

  @Test
  void whoHasMuchToCatchUpWithDelaysNobody() {
    var late = sandbox("Late Lettings");
    rails.world.advance(Duration.ofDays(30));
    var punctual = sandbox("Punctual Lettings");
    rails.world.advance(Duration.ofDays(1));

    int many = moments((_, user, _) -> happened.add(user.id())).look(rails.world.instant());

    int ofPunctual = (int) happened.stream().filter(punctual::equals).count();
    assertThat(ofPunctual).isBetween(3, 7);
    assertThat(happened).hasSize(many).hasSizeGreaterThan(100);
    assertThat(happened.subList(0, 2 * ofPunctual))
        .filteredOn(punctual::equals)
        .hasSize(ofPunctual);
    assertThat(happened.subList(2 * ofPunctual, many)).containsOnly(late);
  }

  @Test
  void oneWhoseMomentFailsStandsStillAndTheOthersGoOn() {
    var broken = sandbox("Broken Lettings");
    var sound = sandbox("Sound Lettings");
    rails.world.advance(Duration.ofDays(2));

    int many =
        moments(
                (_, user, _) -> {
                  happened.add(user.id());
                  if (user.id().equals(broken)) throw new IllegalStateException("broken");
                })
            .look(rails.world.instant());

    assertThat(happened).hasSize(many + 1);
    assertThat(happened).filteredOn(broken::equals).hasSize(1);
    assertThat(rails.owners("select distinct service_user_id from moment")).containsExactly(sound);
  }

  private Moments moments(Job job) {
    var jobs =
        Arrays.stream(MomentKind.values())
            .collect(Collectors.toMap(Function.identity(), _ -> List.of(job)));
    return new Moments(
        rails.tenancy,
        new ServiceUsers(rails.world.jdbi(), rails.world.cipher()),
        DirectDebitSettings.standard().calendar(),
        (_, _, _) -> 0,
        Map.copyOf(jobs));
  }

  /// @return its service user
  private String sandbox(String name) {
    var workspace = rails.world.workspace(name);
    return rails
        .owners(
            "select service_user_id from collector where workspace_id = '" + workspace.id() + "'")
        .getFirst();
  }
}
