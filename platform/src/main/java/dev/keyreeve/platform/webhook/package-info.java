/// Events, posted to those who asked for them: endpoints, signed deliveries with their attempts,
/// and the guard against inner addresses. What is delivered is the workspace's one log of events.
///
/// Start with [dev.keyreeve.platform.webhook.Webhooks];
/// [dev.keyreeve.platform.webhook.WebhookDeliveries] is what is due, and says in which order.
@NullMarked
package dev.keyreeve.platform.webhook;

import org.jspecify.annotations.NullMarked;
