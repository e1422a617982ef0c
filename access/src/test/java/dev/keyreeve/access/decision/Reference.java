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

  final List<Key> keys = new ArrayList<>();
  final Map<String, Set<String>> standsFor;
  final String operatorToken;
  Instant trustedUntil = Instant.MIN;

  Reference(Map<String, Set<String>> standsFor, String operatorToken) {
    this.standsFor = standsFor;
    this.operatorToken = operatorToken;
  }

  /// One call. No token means that none was presented; no client means that its address is not
  /// known. An audience is a brand, `people` or `everyone`.
  record Call(
      @Nullable String token,
      String audience,
      @Nullable String client,
      int cost,
      Requirement requirement,
      Instant now) {}

  /// What is answered to a call: first to the request, then to the call in it.
  String answer(Call call) {
    if (call.audience().equals("everyone")) {
      return "admitted anyone, unmetered; " + permission(null, false, call.requirement());
    }
    if (call.token() == null) return "no credential";
    if (call.token().equals(operatorToken)) {
      return call.audience().equals("people")
          ? "admitted operator, unmetered; " + permission(null, true, call.requirement())
          : "wrong audience";
    }
    if (!call.now().isBefore(trustedUntil)) return "unconfirmed";
    var key = keyOf(call.token());
    if (key == null) return "unknown credential";
    var obstacle = obstacle(key, call);
    if (obstacle != null) return obstacle;
    var refusal = refusalOfLimits(key, call.cost(), call.now());
    if (refusal != null) return refusal;

    key.allowance.pay(call.cost(), call.now());
    key.organisation.allowance.pay(call.cost(), call.now());
    return "admitted "
        + key.id
        + ", "
        + tightest(key, call.now())
        + "; "
        + permission(key, false, call.requirement());
  }

  /// What is answered to a subscription of this key, whether it is still here or not.
  String answerToSubscription(String id, Call call) {
    if (call.audience().equals("everyone")) return permission(null, false, call.requirement());
    if (!call.now().isBefore(trustedUntil)) return "unconfirmed";
    for (var key : keys) {
      if (key.id.equals(id)) {
        var obstacle = obstacle(key, call);
        return obstacle != null ? obstacle : permission(key, false, call.requirement());
      }
    }
    return "revoked";
  }

  private @Nullable Key keyOf(String token) {
    for (var key : keys) {
      if (key.tokens.contains(token)) return key;
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

  private static @Nullable String refusalOfLimits(Key key, int cost, Instant now) {
    var both = List.of(key.allowance, key.organisation.allowance);
    int least = Math.min(both.getFirst().calls, both.getLast().calls);
    if (cost > least) return "too many calls: %d of %d".formatted(cost, least);

    // Of those that refuse, the one that refuses longest; the key's where both end together.
    Allowance worst = null;
    for (var allowance : both) {
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

  private String permission(@Nullable Key key, boolean operator, Requirement requirement) {
    boolean anyone = key == null && !operator;
    return switch (requirement) {
      case Requirement.Holds _, Requirement.SignedIn _, Requirement.AnyCaller _ when anyone ->
          "no credential";
      case Requirement.Holds(var scope) ->
          key != null && held(key.granted).contains(scope.token())
              ? "permitted"
              : "missing scope " + scope;
      case Requirement.SignedIn(var role) -> operator ? "permitted" : "missing role " + role;
      case Requirement.AnyCaller _, Requirement.Possession _ -> "permitted";
    };
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
