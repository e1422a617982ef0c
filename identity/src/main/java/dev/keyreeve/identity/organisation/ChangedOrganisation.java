package dev.keyreeve.identity.organisation;

import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Unwrapped;

/// An organisation as a change left it, and since when that holds.
@SnakeCase
record ChangedOrganisation(@Unwrapped OrganisationView details, Effective effective) {}
