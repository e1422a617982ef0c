package dev.keyreeve.access.decision;

import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The decision written a second time, slowly and in the plainest terms: tokens are texts, scopes
/// are texts, a limit is a map from window to calls. It knows nothing of digests, packed ids or
/// cells, and answers in words.
final class Reference {
  /// A limit of calls in a minute, and what was spent of it.
  static final class Allowance {
    int calls;
    final int phaseSeconds;
    final Map<Long, Integer> spentInWindow = new HashMap<>();

    Allowance(int calls, int phaseSeconds) {
      this.calls = calls;
      this.phaseSeconds = phaseSeconds;
    }

    long window(Instant now) {
      return Math.floorDiv(now.getEpochSecond() + phaseSeconds, 60L);
    }

    Instant end(Instant now) {
      return Instant.ofEpochSecond((window(now) + 1) * 60 - phaseSeconds);
    }

    int left(Instant now) {
      return Math.max(0, calls - spentInWindow.getOrDefault(window(now), 0));
    }

    void pay(int cost, Instant now) {
      spentInWindow.merge(window(now), cost, Integer::sum);
    }
  }

  static final class Organisation {
    final String id;
    final Allowance allowance;
    boolean suspended;
    List<String> ranges = List.of();

    Organisation(String id, Allowance allowance) {
      this.id = id;
      this.allowance = allowance;
    }
  }

  static final class Key {
    final String id;
    final String brand;
    final String environment;
    final Organisation organisation;
    final Allowance allowance;
    final List<String> tokens = new ArrayList<>();

    /// When the token before the newest stops to work.
    Instant formerEnds = Instant.MAX;

    Set<String> granted = Set.of();
    String state = "active";
    Instant notBefore = Instant.EPOCH;
    @Nullable Instant expiresAt;
    List<String> ranges = List.of();

    Key(
        String id,
        String brand,
        String environment,
        Organisation organisation,
        Allowance allowance) {
      this.id = id;
      this.brand = brand;
      this.environment = environment;
      this.organisation = organisation;
      this.allowance = allowance;
    }
  }

  /// A signed-in person.
  static final class Session {
    final String id;
    final String cookie;
    final Organisation organisation;
    final Allowance allowance;
    final Instant endsAt;
    final Duration idle;
    String role = "viewer";
    Instant lastUse;

    Session(
        String id,
        String cookie,
        Organisation organisation,
        Allowance allowance,
        Instant endsAt,
        Duration idle,
        Instant lastUse) {
      this.id = id;
      this.cookie = cookie;
      this.organisation = organisation;
      this.allowance = allowance;
      this.endsAt = endsAt;
      this.idle = idle;
      this.lastUse = lastUse;
    }

    boolean isOver(Instant now) {
      return !now.isBefore(endsAt) || !now.isBefore(lastUse.plus(idle));
    }
  }

  private static final List<String> ROLES = List.of("viewer", "operator", "admin", "owner");

  final List<Key> keys = new ArrayList<>();
  final List<Session> sessions = new ArrayList<>();

  /// What each address may still try, and what it may still ask of what is open to everyone.
  final Map<String, Allowance> failures = new HashMap<>();

  final Map<String, Allowance> callsOfAnyone = new HashMap<>();

  /// The least role that carries each scope.
  final Map<String, String> leastRoles;

  final Map<String, Set<String>> standsFor;
  final String operatorToken;
  Instant trustedUntil = Instant.MIN;

  Reference(
      Map<String, Set<String>> standsFor, Map<String, String> leastRoles, String operatorToken) {
    this.leastRoles = leastRoles;
    this.standsFor = standsFor;
    this.operatorToken = operatorToken;
  }

  /// What a request with a cookie tells of the page that made it.
  enum Page {
    READS,
    FOREIGN,
    WITH_WRONG_TOKEN,
    OURS
  }

  /// One call. No token means that none was presented; with a page, it is a cookie. No client means
  /// that its address is not known. An audience is a brand, `people` or `everyone`.
  record Call(
      @Nullable String token,
      @Nullable Page page,
      String audience,
      @Nullable String client,
      int cost,
      Requirement requirement,
      Instant now) {}

  /// What is answered to a call: first to the request, then to the call in it.
  String answer(Call call) {
    var user = call.now().isBefore(trustedUntil) ? meant(call) : null;
    if (user != null && !user.isOver(call.now())) user.lastUse = call.now();

    if (call.audience().equals("everyone")) {
      var allowance = ofAddress(callsOfAnyone, call.client());
      var refusal = refusalOfLimits(List.of(allowance), call.cost(), call.now());
      if (refusal != null) return refusal;
      allowance.pay(call.cost(), call.now());
      return "admitted anyone, "
          + describe(allowance, call.now())
          + "; "
          + permission(null, null, false, call.requirement());
    }
    if (call.token() == null) return "no credential";
    if (call.page() == null && call.token().equals(operatorToken)) {
      return call.audience().equals("people")
          ? "admitted operator, unmetered; " + permission(null, null, true, call.requirement())
          : "wrong audience";
    }
    if (!call.now().isBefore(trustedUntil)) return "unconfirmed";
    if (call.page() != null) {
      for (var session : sessions) {
        if (session.cookie.equals(call.token())) return answer(session, call);
      }
      return unknown(call);
    }
    var key = keyOf(call.token(), call.now());
    if (key == null) return unknown(call);
    var obstacle = obstacle(key, call);
    if (obstacle != null) return obstacle;
    var both = List.of(key.allowance, key.organisation.allowance);
    var refusal = refusalOfLimits(both, call.cost(), call.now());
    if (refusal != null) return refusal;

    key.allowance.pay(call.cost(), call.now());
    key.organisation.allowance.pay(call.cost(), call.now());
    return "admitted "
        + key.id
        + ", "
        + tightest(key, call.now())
        + "; "
        + permission(key, null, false, call.requirement());
  }

  private String answer(Session session, Call call) {
    if (call.page() == Page.FOREIGN || call.page() == Page.WITH_WRONG_TOKEN) return "cross-site";
    if (session.isOver(call.now())) return "session ended";
    var obstacle = obstacle(session, call);
    if (obstacle != null) return obstacle;
    var refusal = refusalOfLimits(List.of(session.allowance), call.cost(), call.now());
    if (refusal != null) return refusal;

    session.allowance.pay(call.cost(), call.now());
    return "admitted "
        + session.id
        + ", "
        + describe(session.allowance, call.now())
        + "; "
        + permission(null, session, false, call.requirement());
  }

  /// The session of a cookie that its owner can have meant to send.
  private @Nullable Session meant(Call call) {
    if (call.page() != Page.READS && call.page() != Page.OURS) return null;
    for (var session : sessions) {
      if (session.cookie.equals(call.token())) return session;
    }
    return null;
  }

  private static @Nullable String obstacle(Session session, Call call) {
    if (session.isOver(call.now())) return "session ended";
    if (session.organisation.suspended) return "suspended";
    boolean forKeys = !call.audience().equals("people");
    return forKeys && !isOn(session.organisation.ranges, call.client())
        ? "address not allowed"
        : null;
  }

  private String unknown(Call call) {
    var attempts = ofAddress(failures, call.client());
    var refusal = refusalOfLimits(List.of(attempts), 1, call.now());
    if (refusal != null) return refusal;
    attempts.pay(1, call.now());
    return call.page() == null ? "unknown credential" : "session ended";
  }

  private static Allowance ofAddress(Map<String, Allowance> all, @Nullable String client) {
    var allowance = all.get(networkOf(client));
    if (allowance == null) throw new IllegalStateException("no allowance for " + client);
    return allowance;
  }

  /// The whole of an IPv4 address, in any writing; the first half of an IPv6 one.
  static String networkOf(@Nullable String client) {
    if (client == null) return "unknown";
    var bytes = InetAddress.ofLiteral(client).getAddress();
    return bytes.length == 4
        ? new BigInteger(1, bytes) + "/32"
        : new BigInteger(1, bytes).shiftRight(64) + "/64";
  }

  /// What is answered to a subscription of this key, opened with this secret, or session, whether
  /// it is still here or not.
  String answerToSubscription(String id, int secret, Call call) {
    if (call.audience().equals("everyone")) {
      return permission(null, null, false, call.requirement());
    }
    if (!call.now().isBefore(trustedUntil)) return "unconfirmed";
    for (var key : keys) {
      if (key.id.equals(id)) {
        // Of two tokens the former has the number 1; a single one has the number 2.
        boolean formerLives = key.tokens.size() == 2 && call.now().isBefore(key.formerEnds);
        if (secret == 1 && !formerLives) return "revoked";
        var obstacle = obstacle(key, call);
        return obstacle != null ? obstacle : permission(key, null, false, call.requirement());
      }
    }
    for (var session : sessions) {
      if (session.id.equals(id)) {
        var obstacle = obstacle(session, call);
        return obstacle != null ? obstacle : permission(null, session, false, call.requirement());
      }
    }
    return id.startsWith("session") ? "session ended" : "revoked";
  }

  private @Nullable Key keyOf(String token, Instant now) {
    for (var key : keys) {
      if (key.tokens.getLast().equals(token)) return key;
      if (key.tokens.contains(token) && now.isBefore(key.formerEnds)) return key;
    }
    return null;
  }

  private static @Nullable String obstacle(Key key, Call call) {
    if (key.state.equals("revoked")) return "revoked";
    if (key.expiresAt != null && !call.now().isBefore(key.expiresAt)) return "expired";
    if (call.now().isBefore(key.notBefore)) return "not yet valid";
    if (key.state.equals("deactivated")) return "deactivated";
    if (key.organisation.suspended) return "suspended";
    if (!call.audience().equals(key.brand)) return "wrong audience";
    if (!isOn(key.organisation.ranges, call.client())) return "address not allowed";
    if (!isOn(key.ranges, call.client())) return "address not allowed";
    return null;
  }

  private static @Nullable String refusalOfLimits(List<Allowance> all, int cost, Instant now) {
    int least = all.stream().mapToInt(allowance -> allowance.calls).min().orElseThrow();
    if (cost > least) return "too many calls: %d of %d".formatted(cost, least);

    // Of those that refuse, the one that refuses longest; the key's where both end together.
    Allowance worst = null;
    for (var allowance : all) {
      if (allowance.left(now) < cost
          && (worst == null || allowance.end(now).isAfter(worst.end(now)))) {
        worst = allowance;
      }
    }
    if (worst == null) return null;
    var wait = Duration.between(now, worst.end(now)).plusNanos(999_999_999).toSeconds();
    return "limited: %s, retry after %d".formatted(describe(worst, now), Math.max(1, wait));
  }

  private static String tightest(Key key, Instant now) {
    var both = new ArrayList<>(List.of(key.allowance, key.organisation.allowance));
    both.sort(
        Comparator.comparingInt((Allowance allowance) -> allowance.left(now))
            .thenComparing(allowance -> allowance.end(now), Comparator.reverseOrder()));
    return describe(both.getFirst(), now);
  }

  private static String describe(Allowance allowance, Instant now) {
    return "%d of %d left until %d"
        .formatted(allowance.left(now), allowance.calls, allowance.end(now).getEpochSecond());
  }

  private String permission(
      @Nullable Key key, @Nullable Session session, boolean operator, Requirement requirement) {
    boolean anyone = key == null && session == null && !operator;
    return switch (requirement) {
      case Requirement.Holds _,
          Requirement.SignedIn _,
          Requirement.CommandLine _,
          Requirement.AnyCaller _
          when anyone ->
          "no credential";
      case Requirement.Holds(var scope) -> {
        boolean held =
            session != null
                ? reaches(session.role, leastRoles.getOrDefault(scope.token(), "nobody"))
                : key != null && held(key.granted).contains(scope.token());
        yield held ? "permitted" : "missing scope " + scope;
      }
      case Requirement.SignedIn(var role) ->
          operator || (session != null && reaches(session.role, role.word()))
              ? "permitted"
              : "missing role " + role;
      case Requirement.CommandLine _ -> operator ? "permitted" : "operator only";
      case Requirement.AnyCaller _, Requirement.Possession _ -> "permitted";
    };
  }

  private static boolean reaches(String role, String least) {
    return ROLES.contains(least) && ROLES.indexOf(role) >= ROLES.indexOf(least);
  }

  private Set<String> held(Set<String> granted) {
    var held = new HashSet<>(granted);
    for (int size = -1; size != held.size(); ) {
      size = held.size();
      for (var scope : List.copyOf(held)) held.addAll(standsFor.getOrDefault(scope, Set.of()));
    }
    return held;
  }

  private static boolean isOn(List<String> ranges, @Nullable String client) {
    if (ranges.isEmpty()) return true;
    if (client == null) return false;
    var address = InetAddress.ofLiteral(client).getAddress();
    for (var range : ranges) {
      var parts = range.split("/", 2);
      var base = InetAddress.ofLiteral(parts[0]).getAddress();
      int free = base.length * 8 - Integer.parseInt(parts[1]);
      if (base.length == address.length
          && new BigInteger(1, base)
              .shiftRight(free)
              .equals(new BigInteger(1, address).shiftRight(free))) {
        return true;
      }
    }
    return false;
  }
}
