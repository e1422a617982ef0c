package dev.keyreeve.platform.webhook;

import dev.keyreeve.procedure.shape.OneTime;
import dev.keyreeve.procedure.shape.SnakeCase;
import org.jspecify.annotations.Nullable;

/// An endpoint with its secret, which is shown here and never again.
@SnakeCase
public record IssuedEndpoint(EndpointView endpoint, @Nullable OneTime secret) {}
