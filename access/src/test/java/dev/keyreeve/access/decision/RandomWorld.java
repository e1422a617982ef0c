package dev.keyreeve.access.decision;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyreeve.access.credential.Checksum;
import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.credential.Provenance;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.credential.SessionToken;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.AddressMeter;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.RoleScopes;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.scope.ScopeCatalogues;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeySecret;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Customers, keys, callers and a clock that change at random, kept twice: as plain facts in a
/// [Reference], and as what a node knows. All that happens follows from the seed.
final class RandomWorld {
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Map<String, Set<String>> STANDS_FOR =
      Map.of("staff", Set.of("read"), "admin", Set.of("staff", "write"), "write", Set.of("write"));
  private static final Map<String, Role> LEAST_ROLES =
      Map.of("read", Role.VIEWER, "write", Role.OPERATOR, "staff", Role.ADMIN, "admin", Role.OWNER);
  private static final int FAILED_ATTEMPTS = 5;
  private static final int CALLS_OF_ANYONE = 8;
  private static final List<String> SCOPES = List.of("read", "write", "staff", "admin");
  private static final List<String> BRANDS = List.of("dd", "dg");
  private static final List<String> STATES =
      List.of("active", "active", "active", "active", "active", "deactivated", "revoked");
  private static final List<String> RANGES =
      List.of(
          "192.0.2.0/24",
          "192.0.2.7/32",
          "203.0.113.8/29",
          "0.0.0.0/0",
          "2001:db8::/32",
          "2001:db8:1::/48",
          "::/0");
  private static final List<String> CLIENTS =
      List.of(
          "192.0.2.7",
          "192.0.2.8",
          "::ffff:192.0.2.7",
          "203.0.113.9",
          "203.0.113.16",
          "2001:db8::1",
          "2001:db8:1::1",
          "");
  private static final List<Requirement> REQUIREMENTS =
      List.of(
          Requirement.holds(Scope.parse("read")),
          Requirement.holds(Scope.parse("write")),
          Requirement.holds(Scope.parse("staff")),
          Requirement.holds(Scope.parse("admin")),
          Requirement.anyCaller(),
          Requirement.signedIn(Role.VIEWER),
          Requirement.signedIn(Role.ADMIN),
          Requirement.commandLine(),
          Requirement.possession("invite"));

  private final Random random;
  private final ScopeCatalogue catalogue =
      ScopeCatalogue.of(
          SCOPES.stream()
              .map(
                  scope ->
                      new ScopeCatalogue.Entry(
                          Scope.parse(scope), scope, leastRole(scope), impliedBy(scope)))
              .toArray(ScopeCatalogue.Entry[]::new));

  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private final Meter meter = new Meter();
  private final AddressMeter failures = new AddressMeter(FAILED_ATTEMPTS);
  private final AddressMeter everyone = new AddressMeter(CALLS_OF_ANYONE);
  private final AccessCheck access = new AccessCheck(meter, failures, everyone);
  private final RoleScopes roleScopes = new RoleScopes(ScopeCatalogues.of(Map.of("dd", catalogue)));
  private final Pepper former = new Pepper(1, new byte[32]);
  private final Pepper pepper =
      new Pepper(2, "another pepper, of 32 characters".getBytes(US_ASCII));
  private final Lease lease = new Lease(LEASE, () -> now.toEpochMilli() * 1_000_000);
  private final KeyDirectory directory = new KeyDirectory(new Peppers(pepper, former), lease);
  private final SessionDirectory sessions = new SessionDirectory(lease);
  private final CommandLineToken operator = CommandLineToken.random(new SecureRandom());
  private final Credentials credentials = new Credentials(directory, sessions, operator);

  private final Reference reference =
      new Reference(STANDS_FOR, leastRoleWords(), operator.secret().reveal());
  private final Map<Reference.Allowance, Integer> slots = new HashMap<>();
  private final Map<Reference.Organisation, Organisation> organisations = new HashMap<>();
  private final List<Reference.Organisation> customers = new ArrayList<>();
  private final List<Subject> published = new ArrayList<>();
  private final Map<Reference.Session, Presence> presences = new HashMap<>();
  private int sessionsMade;
  private final List<String> deadCookies = new ArrayList<>();
  private final List<String> deadTokens = new ArrayList<>(List.of("", "dd_live_1", "nonsense"));

  /// The key about which something happened last, and which is called the more often for it.
  private Reference.Key focus;

  private Reference.Session sessionFocus;

  RandomWorld(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      var customer = new Reference.Organisation("org" + i, allowance(40));
      customers.add(customer);
      organisations.put(customer, new Organisation(customer.id, standing(customer)));
    }
    for (int i = 0; i < 16; i++) addKey();
    for (int i = 0; i < 8; i++) addSession();
    for (var client : CLIENTS) {
      var network = Reference.networkOf(client.isEmpty() ? null : client);
      var address = client.isEmpty() ? Address.UNKNOWN : Address.parse(client);
      reference.failures.computeIfAbsent(
          network, _ -> allowance(FAILED_ATTEMPTS, failures.probe(address, 1, 0)));
      reference.callsOfAnyone.computeIfAbsent(
          network, _ -> allowance(CALLS_OF_ANYONE, everyone.probe(address, 1, 0)));
    }
    focus = reference.keys.getFirst();
    sessionFocus = reference.sessions.getFirst();
  }

  /// Where the windows of an address begin is drawn at each start, and told by when the first ends.
  private static Reference.Allowance allowance(int calls, Spending atEpoch) {
    long firstEnd = ((Spending.Allowance) atEpoch).resetSeconds();
    return new Reference.Allowance(calls, (int) Math.floorMod(-firstEnd, 60L));
  }

  private static Role leastRole(String scope) {
    return Objects.requireNonNull(LEAST_ROLES.get(scope));
  }

  private static Map<String, String> leastRoleWords() {
    var words = new HashMap<String, String>();
    LEAST_ROLES.forEach((scope, role) -> words.put(scope, role.word()));
    return words;
  }

  /// A request as [AccessCheck] is asked about it.
  record Request(
      Lookup lookup,
      Audience audience,
      Address client,
      int cost,
      Requirement requirement,
      long nowMillis) {
    Request at(Audience other) {
      return new Request(lookup, other, client, cost, requirement, nowMillis);
    }

    Request from(Address other) {
      return new Request(lookup, audience, other, cost, requirement, nowMillis);
    }

    Request with(Lookup other) {
      return new Request(other, audience, client, cost, requirement, nowMillis);
    }
  }

  /// A way to decide a request and the call in it: the right one, or one that is broken.
  interface Way {
    String decide(AccessCheck access, Request request);
  }

  /// What was answered to a call, and what should have been.
  record Case(Reference.Call call, String expected, String actual) {
    boolean differs() {
      return !expected.equals(actual);
    }
  }

  /// Lets something happen, then asks both sides about a call.
  Case call(Way way) {
    for (int changes = random.nextInt(3); changes > 0; changes--) change();
    var call = randomCall();

    if (chance(20)) {
      var subscriber = pick(published);
      int secret = 1 + random.nextInt(2);
      var still =
          access.stillPermits(
              credentials.current(subscriber, secret, now.toEpochMilli()),
              audience(call),
              call.requirement(),
              client(call),
              now.toEpochMilli());
      return new Case(
          call,
          reference.answerToSubscription(Words.of(subscriber), secret, call),
          Words.of(still));
    }
    var request =
        new Request(
            credentials.lookup(credential(call), now.toEpochMilli()),
            audience(call),
            client(call),
            call.cost(),
            call.requirement(),
            now.toEpochMilli());
    return new Case(call, reference.answer(call), way.decide(access, request));
  }

  private void change() {
    switch (random.nextInt(9)) {
      case 0 -> {
        focus = pick(reference.keys);
        changeKey(focus);
      }
      case 1 -> changeCustomer(pick(customers));
      case 2 -> changeSession(pick(reference.sessions));
      default -> {
        now = now.plusMillis(step());
        if (chance(90)) renewLease();
      }
    }
  }

  /// Mostly a moment; sometimes to the very edge of a window or of a key's time.
  private long step() {
    if (chance(60)) return random.nextInt(chance(50) ? 3 : 400);
    if (chance(60)) return random.nextInt(10_000);
    if (chance(2)) return Duration.ofDays(random.nextInt(400)).toMillis();
    focus = pick(reference.keys);
    var edges = new ArrayList<Instant>();
    edges.add(focus.notBefore);
    edges.add(focus.expiresAt == null ? now : focus.expiresAt);
    edges.add(focus.formerEnds.equals(Instant.MAX) ? now : focus.formerEnds);
    edges.add(focus.allowance.end(now));
    sessionFocus = pick(reference.sessions);
    edges.add(sessionFocus.endsAt);
    edges.add(sessionFocus.lastUse.plus(sessionFocus.idle));
    edges.add(pick(List.copyOf(reference.failures.values())).end(now));
    edges.add(focus.organisation.allowance.end(now));
    edges.add(reference.trustedUntil);
    edges.removeIf(edge -> edge.isBefore(now));
    if (edges.isEmpty()) return 0;
    long step = pick(edges).toEpochMilli() - now.toEpochMilli() + random.nextInt(3) - 1;
    return Math.max(0, step);
  }

  private void renewLease() {
    lease.renewFrom(lease.mark());
    reference.trustedUntil = now.plus(LEASE);
  }

  private Instant soon() {
    return now.plusMillis(random.nextInt(chance(50) ? 5 : 60_000));
  }

  private void changeKey(Reference.Key key) {
    switch (random.nextInt(8)) {
      case 0 -> key.state = pick(STATES);
      case 1 -> key.notBefore = chance(50) ? Instant.EPOCH : soon();
      case 2 -> key.expiresAt = chance(70) ? null : soon();
      case 3 -> key.ranges = ranges();
      case 4 -> key.granted = subset(SCOPES);
      case 5 -> key.allowance.calls = 1 + random.nextInt(12);
      case 6 -> {
        if (key.tokens.size() > 1) {
          deadTokens.add(key.tokens.removeFirst());
        } else {
          key.tokens.add(newToken(key));
          key.formerEnds = chance(30) ? Instant.MAX : soon();
        }
      }
      default -> {
        reference.keys.remove(key);
        deadTokens.addAll(key.tokens);
        directory.remove(KeyId.parse(key.id));
        addKey();
        return;
      }
    }
    publish(key);
  }

  private void changeSession(Reference.Session session) {
    if (chance(60) && !session.isOver(now)) {
      session.role = pick(List.of("viewer", "operator", "admin", "owner"));
      publish(session);
      return;
    }
    reference.sessions.remove(session);
    presences.remove(session);
    sessions.remove(session.id);
    deadCookies.add(session.cookie);
    addSession();
  }

  private void addSession() {
    var session =
        new Reference.Session(
            "session" + sessionsMade++,
            newCookie(),
            pick(customers),
            allowance(12),
            now.plusMillis(1 + random.nextInt(120_000)),
            Duration.ofMillis(1 + random.nextInt(chance(50) ? 30_000 : 3_600_000)),
            now);
    session.role = pick(List.of("viewer", "operator", "admin", "owner"));
    reference.sessions.add(session);
    presences.put(session, new Presence(session.idle.toMillis(), now.toEpochMilli()));
    publish(session);
  }

  private void publish(Reference.Session session) {
    var role = Role.valueOf(session.role.toUpperCase(Locale.ROOT));
    var known =
        new Session(
            session.id,
            "person",
            "sam@example.com",
            known(session.organisation),
            "workspace",
            role,
            roleScopes.of(role),
            limit(session.allowance),
            session.endsAt.toEpochMilli(),
            Objects.requireNonNull(presences.get(session)));
    sessions.put(SessionToken.digest(Secret.of(session.cookie)), known);
    published.add(known);
    if (published.size() > 50) published.removeFirst();
  }

  private void changeCustomer(Reference.Organisation customer) {
    switch (random.nextInt(3)) {
      case 0 -> customer.suspended = chance(20);
      case 1 -> customer.allowance.calls = 1 + random.nextInt(40);
      default -> customer.ranges = ranges();
    }
    known(customer).become(standing(customer));
  }

  private void addKey() {
    var key =
        new Reference.Key(
            KeyId.random(random).toString(),
            pick(BRANDS),
            pick(List.of("live", "test")),
            pick(customers),
            allowance(12));
    key.granted = subset(SCOPES);
    key.tokens.add(newToken(key));
    reference.keys.add(key);
    publish(key);
  }

  private void publish(Reference.Key key) {
    var known =
        new Key(
            KeyId.parse(key.id),
            key.brand + "_" + key.environment + "_",
            known(key.organisation),
            "workspace",
            catalogue.grant(scopes(key.granted)),
            switch (key.state) {
              case "deactivated" -> KeyState.DEACTIVATED;
              case "revoked" -> KeyState.REVOKED;
              default -> KeyState.ACTIVE;
            },
            key.notBefore.toEpochMilli(),
            key.expiresAt == null ? Key.NEVER : key.expiresAt.toEpochMilli(),
            list(key.ranges),
            limit(key.allowance),
            secret(2, pepper, Key.NEVER, key.tokens.getLast()),
            key.tokens.size() == 1
                ? null
                : secret(1, former, millis(key.formerEnds), key.tokens.getFirst()));
    directory.put(known);
    published.add(known);
    if (published.size() > 50) published.removeFirst();
  }

  private Reference.Call randomCall() {
    var key = chance(50) ? focus : pick(reference.keys);
    var audience = chance(90) ? key.brand : pick(List.of("dd", "dg", "people", "everyone"));
    var client = pick(CLIENTS);
    int cost = chance(70) ? 1 : 1 + random.nextInt(chance(80) ? 4 : 50);
    var page = chance(30) ? pick(PAGES) : null;
    return new Reference.Call(
        page == null ? token(key) : cookie(),
        page,
        page != null && chance(40) ? "people" : audience,
        client.isEmpty() ? null : client,
        cost,
        pick(REQUIREMENTS),
        now);
  }

  private static final List<Reference.Page> PAGES =
      List.of(
          Reference.Page.READS,
          Reference.Page.READS,
          Reference.Page.OURS,
          Reference.Page.OURS,
          Reference.Page.FOREIGN,
          Reference.Page.WITH_WRONG_TOKEN);

  private String cookie() {
    if (chance(50)) return sessionFocus.cookie;
    if (chance(90)) return pick(reference.sessions).cookie;
    return chance(50) && !deadCookies.isEmpty() ? pick(deadCookies) : newCookie();
  }

  /// As long and of the same characters as a real one, but drawn from the seed.
  private String newCookie() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private @Nullable String token(Reference.Key key) {
    return switch (random.nextInt(25)) {
      case 0 -> null;
      case 1 -> reference.operatorToken;
      case 2 -> pick(deadTokens);
      case 3 -> newToken(key);
      case 4 -> underAnotherPrefix(key);
      case 5 -> pick(key.tokens).substring(1);
      default -> pick(key.tokens);
    };
  }

  private String newToken(Reference.Key key) {
    return KeyToken.issue(
            key.brand, Environment.parse(key.environment), KeyId.parse(key.id), random)
        .secret()
        .reveal();
  }

  /// The right id and secret with a good checksum, under a brand that the key does not have.
  private String underAnotherPrefix(Reference.Key key) {
    int body = 51;
    var token = pick(key.tokens);
    var changed = "dz_live_" + token.substring(token.length() - body, token.length() - 6);
    return changed + Checksum.of(changed);
  }

  private Credential credential(Reference.Call call) {
    if (call.token() == null) return new Credential.Absent();
    var secret = Secret.of(call.token());
    return switch (call.page()) {
      case null -> new Credential.Token(secret);
      case READS -> new Credential.Cookie(secret, new Provenance.Reading());
      case FOREIGN -> new Credential.Cookie(secret, new Provenance.Foreign());
      case WITH_WRONG_TOKEN -> new Credential.Cookie(secret, new Provenance.Claimed(secret));
      case OURS ->
          new Credential.Cookie(
              secret,
              new Provenance.Claimed(SessionToken.crossSiteToken(SessionToken.digest(secret))));
    };
  }

  private static Audience audience(Reference.Call call) {
    return switch (call.audience()) {
      case "people" -> new Audience.People();
      case "everyone" -> new Audience.Everyone();
      default -> new Audience.Keys(call.audience());
    };
  }

  private static Address client(Reference.Call call) {
    return call.client() == null ? Address.UNKNOWN : Address.parse(call.client());
  }

  private Reference.Allowance allowance(int most) {
    return new Reference.Allowance(1 + random.nextInt(most), random.nextInt(60));
  }

  private Limit limit(Reference.Allowance allowance) {
    int slot = slots.computeIfAbsent(allowance, _ -> meter.allocate());
    return new Limit(slot, allowance.phaseSeconds, allowance.calls);
  }

  private Organisation known(Reference.Organisation customer) {
    return Objects.requireNonNull(organisations.get(customer));
  }

  private Organisation.Standing standing(Reference.Organisation customer) {
    return new Organisation.Standing(
        customer.suspended, limit(customer.allowance), list(customer.ranges));
  }

  private static KeySecret secret(int number, Pepper under, long endsAtMillis, String token) {
    var parsed = Objects.requireNonNull(KeyToken.parse(token));
    return KeySecret.of(number, under.version(), endsAtMillis, under.digest(parsed));
  }

  private static long millis(Instant end) {
    return end.equals(Instant.MAX) ? Key.NEVER : end.toEpochMilli();
  }

  private List<String> ranges() {
    return chance(60) ? List.of() : List.copyOf(subset(RANGES));
  }

  private static AddressList list(List<String> ranges) {
    return new AddressList(ranges.stream().map(Cidr::parse).toList());
  }

  private static Set<Scope> impliedBy(String scope) {
    return scopes(STANDS_FOR.getOrDefault(scope, Set.of()));
  }

  private static Set<Scope> scopes(Set<String> tokens) {
    var scopes = new HashSet<Scope>();
    for (var token : tokens) scopes.add(Scope.parse(token));
    return scopes;
  }

  private Set<String> subset(List<String> all) {
    var chosen = new HashSet<String>();
    for (var one : all) {
      if (random.nextInt(3) == 0) chosen.add(one);
    }
    return chosen;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
