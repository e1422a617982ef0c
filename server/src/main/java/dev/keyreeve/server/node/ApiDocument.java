package dev.keyreeve.server.node;

import dev.keyreeve.procedure.http.Reply;

/// A document that follows from an API.
///
/// @param api the title of the API
/// @param form what the document is: `OpenAPI`
record ApiDocument(String path, String api, String form, Reply reply) {}
