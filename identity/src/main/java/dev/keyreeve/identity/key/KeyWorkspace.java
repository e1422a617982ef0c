package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Environment;

/// A workspace, as far as its keys must agree with it.
record KeyWorkspace(String id, String organisation, Environment environment) {}
