package dev.keyreeve.directdebit.mandate.payer;

import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// How to address a payer.
public record Contact(@Text(max = 140, plain = true) String name, @Nullable EmailAddress email) {}
