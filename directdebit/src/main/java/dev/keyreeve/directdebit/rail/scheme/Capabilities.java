package dev.keyreeve.directdebit.rail.scheme;

/// How a scheme takes what is submitted.
///
/// @param needsFiles whether submissions are files, and reports come as files
/// @param leadDays processing days from the submission to the payer's debit
public record Capabilities(boolean needsFiles, int leadDays) {}
