package dev.keyreeve.identity.organisation;

import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to become of an organisation; what is absent stays as it is.
///
/// @param ipAllowList where keys may be used from; the empty list restricts nothing
@SnakeCase
record UpdateOrganisation(
    @Text(max = 40) String id,
    @Nullable @Text(min = 1, max = 100, plain = true) String name,
    @Nullable @Items(max = IpAllowList.MAX) List<@Text(max = 64) String> ipAllowList) {}
