package dev.keyreeve.platform.webhook;

import dev.keyreeve.procedure.shape.OneTime;
import org.jspecify.annotations.Nullable;

/// An endpoint with its secret, which is shown here and never again.
public record IssuedEndpoint(EndpointView endpoint, @Nullable OneTime secret) {}
