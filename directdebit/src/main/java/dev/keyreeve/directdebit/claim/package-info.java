/// Claims: debits that payers take back under the guarantee, what a collector can do about each,
/// and by when. The moves that are legal stand in
/// [ClaimStatus][dev.keyreeve.directdebit.claim.ClaimStatus]; open
/// [Claims][dev.keyreeve.directdebit.claim.Claims] first.
@NullMarked
package dev.keyreeve.directdebit.claim;

import org.jspecify.annotations.NullMarked;
