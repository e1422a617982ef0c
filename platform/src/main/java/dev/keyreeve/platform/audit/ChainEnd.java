package dev.keyreeve.platform.audit;

/// How far a chain goes, kept apart from its entries.
///
/// @param seq number of the last entry, 0 before the first
/// @param hash of that entry
record ChainEnd(String chain, long seq, String hash) {}
