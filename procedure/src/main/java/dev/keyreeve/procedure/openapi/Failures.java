package dev.keyreeve.procedure.openapi;

import static dev.keyreeve.procedure.problem.Reasons.*;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that can go wrong with a well-formed call of one procedure, by status.
final class Failures {
  private final SortedMap<Integer, List<Reason>> byStatus = new TreeMap<>();

  private Failures() {}

  static SortedMap<Integer, List<Reason>> of(Api api, Procedure<?, ?> procedure) {
    var failures = new Failures();
    failures.addAdmission(api.audience());
    failures.addPermission(procedure.requirement());
    failures.addInput(procedure);
    failures.add(OVERLOADED, FAILED);
    procedure.refusals().stream().sorted(Comparator.comparing(Reason::word)).forEach(failures::add);
    return failures.byStatus;
  }

  private void addAdmission(Audience audience) {
    switch (audience) {
      case Audience.Keys _ ->
          add(
              MISSING_CREDENTIAL,
              INVALID_KEY,
              KEY_REVOKED,
              KEY_EXPIRED,
              KEY_NOT_YET_VALID,
              KEY_DISABLED,
              ORG_SUSPENDED,
              WRONG_KEY_TYPE,
              IP_NOT_ALLOWED,
              SESSION_ENDED,
              CROSS_SITE,
              RATE_LIMITED,
              VERIFICATION_UNAVAILABLE);
      case Audience.People _ ->
          add(
              MISSING_CREDENTIAL,
              INVALID_KEY,
              ORG_SUSPENDED,
              WRONG_KEY_TYPE,
              SESSION_ENDED,
              CROSS_SITE,
              RATE_LIMITED,
              VERIFICATION_UNAVAILABLE);
      case Audience.Everyone _ -> add(RATE_LIMITED);
    }
  }

  private void addPermission(Requirement requirement) {
    switch (requirement) {
      case Requirement.Holds _ -> add(INSUFFICIENT_SCOPE);
      case Requirement.SignedIn _ -> add(INSUFFICIENT_ROLE);
      case Requirement.CommandLine _ -> add(OPERATOR_ONLY);
      case Requirement.AnyCaller _, Requirement.Possession _ -> {}
    }
  }

  private void addInput(Procedure<?, ?> procedure) {
    add(INVALID_INPUT);
    if (procedure.content() != null) {
      add(UNSUPPORTED_MEDIA_TYPE, TOO_LARGE);
    } else if (procedure.route().method().hasBody()) {
      add(MALFORMED_JSON, JSON_REQUIRED, TOO_LARGE);
    }
    if (procedure.isRepeatable()) add(MALFORMED_REQUEST);
    var condition = procedure.condition();
    if (condition != null && condition.required()) add(PRECONDITION_REQUIRED);
  }

  private void add(Reason... reasons) {
    for (var reason : reasons) {
      byStatus.computeIfAbsent(reason.code().httpStatus(), _ -> new ArrayList<>()).add(reason);
    }
  }
}
