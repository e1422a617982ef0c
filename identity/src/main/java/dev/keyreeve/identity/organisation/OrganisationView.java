package dev.keyreeve.identity.organisation;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An organisation with its first workspace.
///
/// @param callsPerMinute of all its keys together: what holds
/// @param callsOverride what holds in place of the plan's number, if anything does
/// @param ipAllowList where its keys may be used from; anywhere if it is empty
@SnakeCase
public record OrganisationView(
    String id,
    String name,
    Plan plan,
    int callsPerMinute,
    @Nullable Integer callsOverride,
    boolean suspended,
    @Nullable String suspendReason,
    List<String> ipAllowList,
    String workspaceId,
    Environment environment,
    Instant createdAt) {}
