package dev.keyreeve.platform.service;

/// Something that the operator can supply, and that a live workspace should not be without.
///
/// @param subject what it is: `weight table`
/// @param given whether it was supplied
/// @param found what there is, a sentence
/// @param remedy which setting supplies it, a sentence
/// @param warning what is printed at the start if it lacks and there is a live workspace
public record Supply(String subject, boolean given, String found, String remedy, String warning) {}
