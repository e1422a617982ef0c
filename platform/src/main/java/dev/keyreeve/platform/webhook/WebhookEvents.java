package dev.keyreeve.platform.webhook;

/// The types of the events that webhooks make themselves.
final class WebhookEvents {
  /// Somebody wants to see whether an endpoint works.
  static final String TEST = "webhook.test";

  /// An endpoint was given up.
  static final String ENDPOINT_DISABLED = "webhook.endpoint_disabled";

  private WebhookEvents() {}
}
