package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Authority;
import dev.keyreeve.identity.organisation.IpAllowList;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may be asked of a key beyond the form of the asking.
final class KeyRules {
  static final Reason NO_SUCH_API =
      new Reason(Code.UNPROCESSABLE_CONTENT, "unknown_api", "No API has this brand.");
  static final Reason NO_SUCH_SCOPE =
      new Reason(Code.UNPROCESSABLE_CONTENT, "unknown_scope", "The API has no such scope.");
  static final Reason SCOPE_NOT_HELD =
      new Reason(
          Code.FORBIDDEN,
          "scope_not_held",
          "Nobody hands on more than they hold: your role lacks a scope of this key.");
  static final Reason WRONG_ENVIRONMENT =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "wrong_environment",
          "A sandbox workspace has test keys, and any other has live keys.");

  /// What an input that names fields of a key may be refused with.
  static final Reason[] OF_FIELDS = {
    Reasons.INVALID_INPUT, NO_SUCH_SCOPE, SCOPE_NOT_HELD, ExpiryDay.PASSED, IpAllowList.BAD_RANGE
  };

  private final Map<String, ScopeCatalogue> catalogues;

  /// @param catalogues the scopes of each API, by brand
  KeyRules(Map<String, ScopeCatalogue> catalogues) {
    this.catalogues = Map.copyOf(catalogues);
  }

  /// The API that is meant, or null and a fault.
  @Nullable String api(@Nullable String named, Faults faults) {
    if (named != null && catalogues.containsKey(named)) return named;
    if (named == null && catalogues.size() == 1) return catalogues.keySet().iterator().next();

    faults.tell("apis", catalogues.keySet().stream().sorted().toList());
    if (named == null) {
      faults.add("api", Reasons.INVALID_INPUT, "required", "This is required: name one API.");
    } else {
      faults.add("api", NO_SUCH_API);
    }
    return null;
  }

  /// The scopes, each once.
  ///
  /// @param kept those that the key holds already, whoever gave them
  List<Scope> scopes(
      String api, List<Scope> wanted, Authority authority, Collection<Scope> kept, Faults faults) {
    var catalogue = catalogues.get(api);
    for (int i = 0; i < wanted.size(); i++) {
      var scope = wanted.get(i);
      var path = "scopes[" + i + "]";
      if (catalogue == null || !catalogue.contains(scope)) {
        faults.add(path, NO_SUCH_SCOPE);
        faults.tell("scope", scope.token());
        faults.tell("scopes", tokens(catalogue));
      } else if (!kept.contains(scope) && !all(catalogue, scope).allMatch(authority::covers)) {
        faults.add(path, SCOPE_NOT_HELD);
      }
    }
    return wanted.stream().distinct().toList();
  }

  /// Whether all that a key opens may be handed on.
  boolean mayGrant(KeyRow key, Authority authority) {
    var catalogue = catalogues.get(key.api());
    if (catalogue == null) return true; // It opens nothing.

    return key.scopes().stream()
        .filter(catalogue::contains)
        .flatMap(scope -> all(catalogue, scope))
        .allMatch(authority::covers);
  }

  static void notBefore(@Nullable Instant notBefore, @Nullable Instant expiresAt, Faults faults) {
    if (notBefore != null && expiresAt != null && !notBefore.isBefore(expiresAt)) {
      faults.add(
          "not_before",
          Reasons.INVALID_INPUT,
          "conflict",
          "The key would expire before it becomes valid.");
    }
  }

  static Environment environment(
      @Nullable Environment named, KeyWorkspace workspace, Faults faults) {
    if (named != null && named != workspace.environment()) {
      faults.add("environment", WRONG_ENVIRONMENT);
    }
    return workspace.environment();
  }

  private static Stream<Scope> all(ScopeCatalogue catalogue, Scope scope) {
    var held = catalogue.grant(Set.of(scope));
    return catalogue.entries().stream().map(ScopeCatalogue.Entry::scope).filter(held::holds);
  }

  private static List<String> tokens(@Nullable ScopeCatalogue catalogue) {
    return catalogue == null
        ? List.of()
        : catalogue.entries().stream().map(entry -> entry.scope().token()).toList();
  }
}
