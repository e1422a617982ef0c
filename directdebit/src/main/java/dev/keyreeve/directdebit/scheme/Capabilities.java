package dev.keyreeve.directdebit.scheme;

import java.time.LocalTime;

/// What a scheme can do.
///
/// @param canWithdrawSubmitted whether a debit can be taken back once it is submitted
/// @param canReinstate whether an ended instruction can be brought back without a new one
/// @param hostedInvite whether the payer agrees on the scheme's own page
/// @param needsFiles whether submissions are files, and reports come as files
/// @param cutOff the first time of a processing day, in London, that is too late to send
/// @param leadDays processing days from the submission to the payer's debit
/// @param maxReference characters of a reference that payers see
public record Capabilities(
    boolean canWithdrawSubmitted,
    boolean canReinstate,
    boolean hostedInvite,
    boolean needsFiles,
    LocalTime cutOff,
    int leadDays,
    int maxReference) {}
