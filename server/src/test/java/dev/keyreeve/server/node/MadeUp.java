package dev.keyreeve.server.node;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.platform.service.DemoKey;
import dev.keyreeve.platform.service.Mounting;
import dev.keyreeve.platform.service.OpenedWorkspace;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.platform.service.ServedApi;
import dev.keyreeve.platform.service.Service;
import dev.keyreeve.platform.service.ServiceDeclaration;
import dev.keyreeve.platform.service.ServiceDemo;
import dev.keyreeve.platform.setting.Kind;
import dev.keyreeve.platform.setting.Setting;
import dev.keyreeve.platform.setting.SettingGroup;
import dev.keyreeve.platform.setting.Values;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.WhoAmI;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A service that nobody ships: everything that there is to one, in one file.
final class MadeUp implements ServiceDeclaration<Values> {
  static final String BRAND = "xx";
  static final Scope SHOUT = new Scope("echoes:shout");
  static final String SHOUTED = "echo.shouted";
  private static final Setting<Integer> TIMES =
      Setting.of("made-up.times", Kind.integer(1, 9), "2", "How often an echo answers.");
  private static final SettingGroup<Values> SETTINGS = SettingGroup.of(TIMES);

  /// The workspaces that it was told of.
  final List<OpenedWorkspace> opened = Collections.synchronizedList(new ArrayList<>());

  /// The workspaces that it fails to be told of.
  final Set<String> unable = Collections.synchronizedSet(new HashSet<>());

  record Shout(@Text(min = 1, max = 20) String text) {}

  record Echo(String text) {}

  @Override
  public String brand() {
    return BRAND;
  }

  @Override
  public ScopeCatalogue scopes() {
    return ScopeCatalogue.of(ScopeCatalogue.Entry.scope(SHOUT, "Shout.", Role.OPERATOR));
  }

  @Override
  public SettingGroup<Values> settings() {
    return SETTINGS;
  }

  @Override
  public List<String> eventTypes() {
    return List.of(SHOUTED);
  }

  @Override
  public Service make(Platform platform, Values settings) {
    var shout =
        mutation("echoes.shout", holds(SHOUT), post("/echoes"))
            .about("Shouts, and hears the echo.")
            .takes(Shout.class)
            .gives(Echo.class)
            .by(platform.tenancy().writes((tx, input) -> shout(tx, input, settings.get(TIMES))));
    var api =
        new Api(
            BRAND,
            "Echoes",
            new Audience.Keys(BRAND),
            scopes(),
            List.of(WhoAmI.procedure(), shout));
    return new Made(api);
  }

  private static Outcome<Echo> shout(Tx tx, Shout input, int times) {
    tx.emit(new Event(SHOUTED, "echo", new Origin("mountain"), null, null, "{}"));
    return Outcome.done(new Echo(input.text().repeat(times)));
  }

  private final class Made implements Service {
    private final Api api;

    Made(Api api) {
      this.api = api;
    }

    @Override
    public List<ServedApi> apis() {
      return List.of(ServedApi.at(api, new Mounting.Rest("/xx/v1"), new Mounting.Trpc("/xx/trpc")));
    }

    @Override
    public void opened(Tx tx, OpenedWorkspace workspace) {
      if (unable.contains(workspace.id())) throw new IllegalStateException("planted");
      opened.add(workspace);
    }

    @Override
    public ServiceDemo demo() {
      return new Shown();
    }
  }

  private record Shown() implements ServiceDemo {
    @Override
    public List<DemoKey> keys() {
      return List.of(new DemoKey("xx_full", "Echo key", "Demo: everything", List.of(SHOUT)));
    }

    @Override
    public Map<String, String> seed(String workspace, Instant now) {
      return Map.of("valley", "the deep one");
    }

    @Override
    public String commands(String url, Map<String, Secret> keys) {
      return "Shout:\n  curl " + url + "/xx/v1/echoes\n";
    }
  }
}
