package dev.keyreeve.directdebit.rail.gocardless;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /// Whether it is the account that is refused, or the server that asks for it, whatever the call
  /// is: nothing is wrong with what was asked for, and a person has to give a token that works.
  default boolean isOfTheAccount() {
    return this instanceof InvalidUsage(int status, _) && (status == 401 || status == 403);
  }

  /// For a person; no account's number and no token stands in it.
  default String inWords() {
    return switch (this) {
      case ValidationFailed(var issues) -> "GoCardless finds something wrong" + inWords(issues);
      case InvalidState(var issues) ->
          "GoCardless finds it too late or too early" + inWords(issues);
      case InvalidUsage(int status, var issues) ->
          "GoCardless refuses the call (" + status + ")" + inWords(issues);
      case RateLimited(var retryAfter) ->
          "GoCardless has had too many calls; the next may come in "
              + retryAfter.toSeconds()
              + " s.";
      case ProviderFailed(int status) -> "GoCardless failed (" + status + ").";
      case Unreachable(var why) -> "GoCardless was not reached: " + why + ".";
      case Unreadable(int status, var why) ->
          "GoCardless's answer (" + status + ") cannot be read: " + why + ".";
      case Unknown(int status, var type, var issues) ->
          "GoCardless refuses with an unknown error ("
              + status
              + " "
              + type
              + ")"
              + inWords(issues);
      case KeyUsedOtherwise(var existing) ->
          "GoCardless has made something else by the same key: " + existing + ".";
    };
  }

  private static String inWords(List<Issue> issues) {
    if (issues.isEmpty()) return ".";

    var words =
        issues.stream()
            .limit(3)
            .map(
                issue ->
                    (issue.field() == null ? "" : issue.field() + " ")
                        + issue.message()
                        + (issue.reason() == null ? "" : " (" + issue.reason() + ")"))
            .collect(Collectors.joining("; "));
    return ": " + words + ".";
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
