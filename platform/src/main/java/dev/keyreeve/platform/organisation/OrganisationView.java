package dev.keyreeve.platform.organisation;

import dev.keyreeve.access.credential.Environment;
import java.time.Instant;

/// An organisation with its first workspace.
public record OrganisationView(
    String id,
    String name,
    Plan plan,
    int callsPerMinute,
    String workspaceId,
    Environment environment,
    Instant createdAt) {}
