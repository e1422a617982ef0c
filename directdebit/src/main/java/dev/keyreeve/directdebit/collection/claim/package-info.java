/// Claims: debits that payers take back under the guarantee, what a collector can do about each,
/// and by when. The moves that are legal stand in
/// [ClaimStatus][dev.keyreeve.directdebit.collection.claim.ClaimStatus]; open
/// [Claims][dev.keyreeve.directdebit.collection.claim.Claims] first.
@NullMarked
package dev.keyreeve.directdebit.collection.claim;

import org.jspecify.annotations.NullMarked;
