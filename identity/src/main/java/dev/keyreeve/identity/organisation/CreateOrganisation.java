package dev.keyreeve.identity.organisation;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// @param environment of its first workspace; live unless said
/// @param callsPerMinute in place of the plan's number
@SnakeCase
public record CreateOrganisation(
    @Text(min = 1, max = 100, plain = true) String name,
    @Nullable Plan plan,
    @Nullable Environment environment,
    @Nullable @Range(min = 1, max = 1_000_000) Integer callsPerMinute) {}
