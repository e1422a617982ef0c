package dev.keyreeve.directdebit.rail.gocardless;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a service user reaches GoCardless, and how far its events have been read.
///
/// @param creditor which of the account's creditors collects; null if it has one alone
/// @param secrets of its webhooks, the newer one first; none while it takes no webhooks
/// @param cursor the last event that was read; null if there was none
/// @param polledAt null if nobody has asked for events yet
/// @param trouble what stands in the way of calls, for a person; null if nothing does
record GoCardlessAccount(
    String serviceUser,
    Environment environment,
    @Nullable ResourceId creditor,
    AccessToken token,
    List<WebhookSecret> secrets,
    @Nullable ResourceId cursor,
    @Nullable Instant polledAt,
    @Nullable String trouble,
    @Nullable Instant troubleSince) {
  GoCardlessAccount {
    secrets = List.copyOf(secrets);
  }

  /// Which of GoCardless's own addresses it is at.
  enum Environment {
    SANDBOX,
    LIVE;

    ApiAddress address() {
      return switch (this) {
        case SANDBOX -> ApiAddress.SANDBOX;
        case LIVE -> ApiAddress.LIVE;
      };
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Environment ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
