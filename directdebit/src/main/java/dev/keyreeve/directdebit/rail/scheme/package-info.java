/// A way to the banks as the run sees it: what it is handed, how it seals that into submissions,
/// and how it delivers them. What schemes report is in `bacs.scheme`. Open
/// [Scheme][dev.keyreeve.directdebit.rail.scheme.Scheme] first.
@NullMarked
package dev.keyreeve.directdebit.rail.scheme;

import org.jspecify.annotations.NullMarked;
