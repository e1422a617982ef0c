package dev.keyreeve.directdebit.mandate.payer;

import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// A payer as an agent describes it.
///
/// @param externalRef how the agent's own system names the payer; the same reference is the same
///   payer
public record Payer(
    @Nullable @Text(max = 100, plain = true) String externalRef,
    @Text(max = 140, plain = true) String name,
    @Nullable EmailAddress email) {}
