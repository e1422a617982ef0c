package dev.keyreeve.directdebit.gocardless;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a call has no result.
public sealed interface Refusal {

  /// Something that was sent is not as it has to be (`validation_failed`).
  record ValidationFailed(List<Issue> issues) implements Refusal {
    public ValidationFailed {
      issues = List.copyOf(issues);
    }
  }

  /// What is asked for cannot be done to the resource as it is now (`invalid_state`).
  record InvalidState(List<Issue> issues) implements Refusal {
    public InvalidState {
      issues = List.copyOf(issues);
    }
  }

  /// The call itself is wrong, its token included (`invalid_api_usage`).
  ///
  /// @param status of HTTP, such as 401 or 404
  record InvalidUsage(int status, List<Issue> issues) implements Refusal {
    public InvalidUsage {
      issues = List.copyOf(issues);
    }
  }

  /// Too many calls; `retryAfter` says when the next one may come.
  record RateLimited(Duration retryAfter) implements Refusal {}

  /// GoCardless failed (`gocardless`, or any status from 500 on). What was asked for may have been
  /// done all the same.
  record ProviderFailed(int status) implements Refusal {}

  /// No answer came. What was asked for may have been done all the same.
  record Unreachable(String why) implements Refusal {}

  /// An answer came that cannot be read. What was asked for may have been done all the same.
  record Unreadable(int status, String why) implements Refusal {}

  /// An error of a type that this version does not know.
  record Unknown(int status, String type, List<Issue> issues) implements Refusal {
    public Unknown {
      issues = List.copyOf(issues);
    }
  }

  /// The key has created something else than what is asked for now. Nobody who keeps one key for
  /// one intent sees this.
  ///
  /// @param existing what the key has created
  record KeyUsedOtherwise(ResourceId existing) implements Refusal {}

  /// Whether the same call, with the same key, may do better later. A person has to look at the
  /// others.
  default boolean mayPass() {
    return switch (this) {
      case RateLimited _, ProviderFailed _, Unreachable _, Unreadable _ -> true;
      case ValidationFailed _, InvalidState _, InvalidUsage _, Unknown _, KeyUsedOtherwise _ ->
          false;
    };
  }

  /// One thing that is wrong, in GoCardless's words; long numbers in them are masked.
  ///
  /// @param field the part of the request that is meant, if one is
  /// @param reason a word for programs, such as `mandate_is_inactive`
  /// @param links what else has to do with it, by the kind of resource
  record Issue(
      @Nullable String field,
      @Nullable String reason,
      String message,
      Map<String, ResourceId> links) {
    public Issue {
      links = Map.copyOf(links);
    }
  }
}
