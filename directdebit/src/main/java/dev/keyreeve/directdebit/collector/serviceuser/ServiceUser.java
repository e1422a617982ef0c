package dev.keyreeve.directdebit.collector.serviceuser;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who collects, by which scheme. Several workspaces may share one.
///
/// @param number none where a provider lends its own
/// @param name as payers read it on their statements
/// @param last4 of the account that is credited; null for the sandbox's and where a provider keeps
///   it
/// @param maxAmount of one debit
/// @param momentsUntil every moment up to here has happened
public record ServiceUser(
    String id,
    SchemeKind scheme,
    @Nullable ServiceUserNumber number,
    String name,
    @Nullable String last4,
    Pence maxAmount,
    Instant momentsUntil,
    Instant createdAt) {

  public boolean isSandbox() {
    return scheme == SchemeKind.SANDBOX;
  }

  /// The number that files and reports carry.
  ///
  /// @throws IllegalStateException if a provider lends its own
  public ServiceUserNumber requireNumber() {
    if (number == null) throw new IllegalStateException(id + " has no service user number");
    return number;
  }
}
