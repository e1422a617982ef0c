package dev.keyreeve.directdebit.mandate.instruction;

import org.jspecify.annotations.Nullable;

/// An instruction that is queued, and goes out with a run.
///
/// @param reference of the mandate
/// @param bankAccountId the payer's account
/// @param mandateProviderRef how a provider calls the mandate, if it does
public record DueInstruction(
    String id,
    String mandate,
    InstructionKind kind,
    String reference,
    String bankAccountId,
    @Nullable String mandateProviderRef) {

  /// What is lodged gets another name than the mandate has; what is withdrawn keeps which it ends.
  @Nullable String providerRef() {
    return switch (kind) {
      case LODGE -> null;
      case WITHDRAW -> mandateProviderRef;
    };
  }
}
