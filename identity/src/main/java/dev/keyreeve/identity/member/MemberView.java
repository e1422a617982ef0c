package dev.keyreeve.identity.member;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;

/// A person as the members of an organisation see them.
///
/// @param id of the person
@SnakeCase
public record MemberView(String id, String email, String name, Role role, Instant createdAt) {}
