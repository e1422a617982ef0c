package dev.keyreeve.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.RoleScopes;
import dev.keyreeve.access.scope.ScopeCatalogues;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.webhook.DeliveryView.Status;
import dev.keyreeve.platform.webhook.EndpointView.DisabledReason;
import dev.keyreeve.platform.webhook.Webhooks.DeliveryDetails;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookProceduresTest {
  @TempDir Path directory;

  private final Receiver receiver = Receiver.start();
  private WebhookRig rig;
  private WebhookProcedures procedures;
  private Caller person;
  private Caller stranger;

  @BeforeEach
  void start() {
    rig = new WebhookRig(TestPlatform.start(), directory);
    procedures = new WebhookProcedures(rig.webhooks());
    person = personIn(rig.workspace());
    stranger = personIn(rig.platform().workspace());
  }

  @AfterEach
  void stop() {
    rig.close();
    receiver.close();
  }

  private Caller personIn(String workspace) {
    var limit = Limit.of(rig.platform().meter().allocate(), 0, 600);
    var standing = new Organisation.Standing(false, limit, AddressList.UNRESTRICTED);
    var session =
        new Session(
            "ses_1",
            "per_1",
            "ann@example.com",
            new Organisation("org_1", standing),
            workspace,
            Role.ADMIN,
            new RoleScopes(ScopeCatalogues.of(Map.of())).of(Role.ADMIN),
            limit,
            Long.MAX_VALUE,
            new Presence(1000, 0));
    return new Caller(session, Spending.unmetered(), Address.parse("192.0.2.1"), "req_1");
  }

  private Outcome<?> call(String name, Caller caller, String input) {
    var procedure =
        procedures.procedures().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findAny()
            .orElseThrow();
    return rig.platform().call(procedure, caller, input);
  }

  private <O> O done(Class<O> type, String name, String input) {
    return type.cast(TestPlatform.done(call(name, person, input)));
  }

  private static void assertRefused(Outcome<?> outcome, String word) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<?>) outcome).problem().reason().word()).isEqualTo(word);
  }

  private String creation(String url, String types) {
    return "{'workspace_id':'%s','url':'%s','event_types':%s}"
        .formatted(rig.workspace(), url, types);
  }

  private IssuedEndpoint create() {
    return done(IssuedEndpoint.class, "webhooks.create", creation(receiver.url(), "['thing.*']"));
  }

  @Test
  void showsTheSecretOnce() {
    var issued = create();

    assertThat(Objects.requireNonNull(issued.secret()).reveal())
        .matches("whsec_[A-Za-z0-9+/]{43}=");
    var shown = done(EndpointView.class, "webhooks.get", id(issued));
    assertThat(shown).isEqualTo(issued.endpoint());
    assertThat(shown.url()).isEqualTo(receiver.url());
    assertThat(shown.eventTypes()).containsExactly("thing.*");
  }

  private static String id(IssuedEndpoint issued) {
    return "{'id':'" + issued.endpoint().id() + "'}";
  }

  @Test
  void keepsNoSecretInClear() {
    var secret = Objects.requireNonNull(create().secret()).reveal().substring("whsec_".length());

    var rows =
        rig.platform()
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select e::text || encode(sealed_secret, 'base64') from webhook_endpoint e
                            union all select a::text from audit_entry a
                            """)
                        .mapTo(String.class)
                        .list());

    assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(secret));
  }

  @Test
  void tellsAStrangerNothing() {
    var issued = create();
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.deliver();
    var one = id(issued);
    var delivery = "{'id':'" + issued.endpoint().id() + "','seq':1}";

    for (var name :
        List.of(
            "webhooks.get",
            "webhooks.update",
            "webhooks.delete",
            "webhooks.rotateSecret",
            "webhooks.test",
            "webhooks.deliveries")) {
      assertRefused(call(name, stranger, one), "endpoint_not_found");
    }
    assertRefused(call("webhooks.delivery", stranger, delivery), "endpoint_not_found");
    assertRefused(call("webhooks.redeliver", stranger, delivery), "endpoint_not_found");
    assertRefused(
        call("webhooks.replay", stranger, one.replace("}", ",'after_seq':0}")),
        "endpoint_not_found");
    assertRefused(
        call("webhooks.create", stranger, creation(receiver.url(), "['*']")),
        "workspace_not_found");
    assertRefused(
        call("webhooks.list", stranger, "{'workspace_id':'" + rig.workspace() + "'}"),
        "workspace_not_found");
    rig.deliver();
    assertThat(receiver.received()).hasSize(1);
    assertThat(done(EndpointView.class, "webhooks.get", one).enabled()).isTrue();
  }

  @Test
  void letsTheCommandLineNameAnyWorkspaceThatThereIs() {
    var operator =
        new Caller(new CommandLine(), Spending.unmetered(), Address.parse("127.0.0.1"), "req_1");

    TestPlatform.done(call("webhooks.create", operator, creation(receiver.url(), "['*']")));

    assertRefused(
        call(
            "webhooks.create",
            operator,
            creation(receiver.url(), "['*']").replace(rig.workspace(), "wks_none")),
        "workspace_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "https://user:secret@example.com/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:192.168.0.1]/"
      })
  void refusesAUrlWhenItIsRegisteredOrChanged(String url) {
    assertRefused(call("webhooks.create", person, creation(url, "['*']")), "url_not_allowed");
    var change = id(create()).replace("}", ",'url':'" + url + "'}");
    assertRefused(call("webhooks.update", person, change), "url_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"thing", "thing.created", "thing.", ".*", "**", "key.*", "THING.CHANGED"})
  void refusesATypeThatNoEventHas(String type) {
    var outcome = call("webhooks.create", person, creation(receiver.url(), "['" + type + "']"));

    assertRefused(outcome, "unknown_event_type");
  }

  @Test
  void keepsAWorkspaceToTenEndpoints() {
    for (int i = 0; i < 10; i++) {
      create();
    }

    assertRefused(
        call("webhooks.create", person, creation(receiver.url(), "['*']")), "too_many_endpoints");
  }

  @Test
  void changesWhatIsNamedAlone() {
    var issued = create();
    var one = id(issued);

    EndpointView disabled =
        done(EndpointView.class, "webhooks.update", one.replace("}", ",'enabled':false}"));
    assertThat(disabled.disabledReason()).isEqualTo(DisabledReason.OPERATOR);
    assertThat(disabled.url()).isEqualTo(issued.endpoint().url());
    assertRefused(call("webhooks.test", person, one), "endpoint_is_disabled");

    EndpointView enabled =
        done(
            EndpointView.class,
            "webhooks.update",
            one.replace("}", ",'enabled':true,'event_types':['*'],'description':''}"));
    assertThat(enabled.enabled()).isTrue();
    assertThat(enabled.disabledAt()).isNull();
    assertThat(enabled.eventTypes()).containsExactly("*");
  }

  @Test
  void writesEveryChangeToTheAuditChain() {
    var one = id(create());
    done(
        Object.class,
        "webhooks.update",
        one.replace("}", ",'enabled':false,'url':'" + receiver.url() + "?t=1'}"));
    done(Object.class, "webhooks.rotateSecret", one);
    done(Object.class, "webhooks.delete", one);

    var entries =
        rig.platform()
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select action || ' ' || actor_name || ' ' || details
                            from audit_entry where target_kind = 'webhook_endpoint' order by seq
                            """)
                        .mapTo(String.class)
                        .list());
    assertThat(entries)
        .containsExactly(
            "webhook.created ann@example.com {\"eventTypes\":[\"thing.*\"]}",
            "webhook.updated ann@example.com {\"changed\":[\"url\",\"disabled\"]}",
            "webhook.secret_rotated ann@example.com {\"overlapSeconds\":86400}",
            "webhook.deleted ann@example.com {}");
  }

  @Test
  void removesAnEndpointWithItsDeliveries() {
    var one = id(create());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.deliver();

    done(Object.class, "webhooks.delete", one);

    assertRefused(call("webhooks.get", person, one), "endpoint_not_found");
    rig.happens(WebhookRig.CHANGED, "thing_2");
    rig.deliver();
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void pagesThroughDeliveriesTheNewestFirst() {
    var issued = create();
    for (int i = 0; i < 5; i++) {
      rig.happens(WebhookRig.CHANGED, "thing_" + i);
    }
    rig.deliver();
    var one = id(issued).replace("}", ",'limit':2}");

    WebhookProcedures.DeliveryList first =
        done(WebhookProcedures.DeliveryList.class, "webhooks.deliveries", one);
    WebhookProcedures.DeliveryList last =
        done(
            WebhookProcedures.DeliveryList.class,
            "webhooks.deliveries",
            one.replace("}", ",'before_seq':2,'status':'delivered'}"));

    assertThat(first.items()).extracting(DeliveryView::seq).containsExactly(5L, 4L);
    assertThat(first.next()).isEqualTo(4);
    assertThat(last.items()).extracting(DeliveryView::seq).containsExactly(1L);
    assertThat(last.next()).isNull();
  }

  @Test
  void asksForADeliveryAgain() {
    var issued = create();
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.deliver();

    DeliveryDetails again =
        done(
            DeliveryDetails.class,
            "webhooks.redeliver",
            "{'id':'" + issued.endpoint().id() + "','seq':1}");
    rig.deliver();

    assertThat(again.delivery().status()).isEqualTo(Status.PENDING);
    assertThat(receiver.received()).hasSize(2);
  }
}
