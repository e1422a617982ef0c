package dev.keyreeve.platform.webhook;

import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.procedure.Actor;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/// A platform whose webhooks may reach this machine, and wait without jitter.
final class WebhookRig implements AutoCloseable {
  static final String CHANGED = "thing.changed";
  static final String REMOVED = "thing.removed";
  static final String OTHER = "other_thing.changed";
  static final List<String> TYPES = List.of(CHANGED, REMOVED, OTHER);

  private final TestPlatform platform;
  private final FieldCipher cipher;
  private final AddressGuard guard;
  private final Sender sender;
  private final Webhooks webhooks;
  private final String workspace;

  WebhookRig(TestPlatform platform, Path directory, AddressGuard guard) {
    this.platform = platform;
    this.cipher = new FieldCipher(FieldKeys.loadOrCreate(directory.resolve("field-keys")));
    this.sender = new Sender(guard, trust(), platform.clock());
    this.guard = guard;
    this.webhooks = onNode(platform.database());
    this.workspace = platform.workspace();
  }

  WebhookRig(TestPlatform platform, Path directory) {
    this(platform, directory, new AddressGuard(AddressGuard.Reach.PUBLIC_AND_LOOPBACK));
  }

  /// The same webhooks as another node has them.
  Webhooks onNode(Database database) {
    return new Webhooks(
        database.jdbi(),
        cipher,
        guard,
        sender,
        TYPES,
        platform.clock(),
        new SecureRandom(),
        () -> 0);
  }

  private static SSLContext trust() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  TestPlatform platform() {
    return platform;
  }

  Webhooks webhooks() {
    return webhooks;
  }

  String workspace() {
    return workspace;
  }

  Instant now() {
    return platform.clock().instant();
  }

  /// A new endpoint that wants these types, and its secret.
  Registered register(String url, String... types) {
    var wanted = types.length == 0 ? List.of("*") : List.of(types);
    var issued =
        TestPlatform.done(webhooks.create(workspace, url, "ours", wanted, Actor.SYSTEM, now()));
    return new Registered(issued.endpoint().id(), Objects.requireNonNull(issued.secret()).reveal());
  }

  record Registered(String id, String secret) {}

  /// Something happens to a subject.
  void happens(String type, String subject) {
    platform
        .tenancy()
        .write(
            workspace,
            now(),
            tx -> {
              tx.emit(new Event(type, subject, Origin.PROGRAM, null, null, "{\"name\": \"x\"}"));
              return subject;
            });
  }

  /// Lets every endpoint with something due have its turn, until nothing is.
  void deliver() {
    var dispatcher = webhooks.dispatcher();
    for (var due = dispatcher.due(); !due.isEmpty(); due = dispatcher.due()) {
      due.forEach(dispatcher::dispatch);
    }
  }

  Webhooks.DeliveryDetails delivery(String endpoint, long seq) {
    return TestPlatform.done(webhooks.delivery(workspace, endpoint, seq));
  }

  EndpointView endpoint(String id) {
    return TestPlatform.done(webhooks.find(workspace, id));
  }

  @Override
  public void close() {
    sender.close();
    platform.close();
  }
}
