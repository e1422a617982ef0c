package dev.keyreeve.directdebit.rail.gocardless;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A webhook of GoCardless. Whoever receives one asks [#isSigned] first and [#parse] then; the same
/// events may come again in another webhook, or by [GoCardlessPoll].
public final class GoCardlessWebhook {

  /// Longest body of a webhook that is worth being verified, in bytes; it holds 250 events at most.
  public static final int MAX_BODY = 1 << 20;

  private GoCardlessWebhook() {}

  /// Whether the body comes from GoCardless, by any of the endpoint's secrets.
  ///
  /// @param body as it came, before anything has read it
  /// @param signature the header `Webhook-Signature`; null if there is none
  public static boolean isSigned(
      byte[] body, @Nullable String signature, List<WebhookSecret> secrets) {
    if (body.length > MAX_BODY) return false;

    var signed = false;
    for (var secret : secrets) signed |= secret.signed(body, signature);
    return signed;
  }

  /// What a body says. It believes whatever it reads.
  public static Parsed parse(byte[] body) {
    if (body.length > MAX_BODY) return new Malformed("the body is too long");

    try {
      var fields = Fields.of(body);
      var events = new ArrayList<GoCardlessEvent>();
      for (var event : fields.list("events")) events.add(GoCardlessEvent.read(event));
      return new Delivery(fields.in("meta").optionalId("webhook_id"), events);
    } catch (dev.keyreeve.directdebit.rail.gocardless.Malformed e) {
      return new Malformed(e.why());
    }
  }

  public sealed interface Parsed {}

  /// @param webhookId by which GoCardless's dashboard shows the webhook; null if it does not say
  /// @param events in the order of the body
  public record Delivery(@Nullable ResourceId webhookId, List<GoCardlessEvent> events)
      implements Parsed {
    public Delivery {
      events = List.copyOf(events);
    }
  }

  /// The body is no webhook. The reason quotes nothing of it.
  public record Malformed(String why) implements Parsed {}
}
