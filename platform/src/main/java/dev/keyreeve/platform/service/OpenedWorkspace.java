package dev.keyreeve.platform.service;

import dev.keyreeve.access.credential.Environment;

/// A workspace that services are told of.
///
/// @param environment whether real money may move in it
public record OpenedWorkspace(String id, Environment environment) {}
