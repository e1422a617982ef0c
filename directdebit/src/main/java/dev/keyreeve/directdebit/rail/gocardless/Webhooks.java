package dev.keyreeve.directdebit.rail.gocardless;

import static dev.keyreeve.access.decision.Requirement.possession;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.directdebit.rail.gocardless.GoCardlessWebhook.Delivery;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes webhooks in. Whoever signs with a service user's secret is believed; everything else is
/// answered in one way, so that nobody learns which service users there are.
final class Webhooks {
  static final Reason NOT_SIGNED =
      new Reason(
          Code.UNAUTHORIZED, "invalid_signature", "The webhook is not signed with our secret.");
  static final Reason UNREADABLE =
      new Reason(Code.BAD_REQUEST, "unreadable_webhook", "The body is no webhook.");

  private final GoCardlessAccountRows accounts;
  private final Ingest ingest;

  Webhooks(GoCardlessAccountRows accounts, Ingest ingest) {
    this.accounts = accounts;
    this.ingest = ingest;
  }

  Procedure<?, ?> procedure() {
    return mutation("gocardless.receive", possession("webhook secret"), post("/{service_user_id}"))
        .about("Takes in a webhook of GoCardless.")
        .takes(Received.class)
        .gives(Taken.class)
        .refuses(NOT_SIGNED, UNREADABLE)
        .by(this::receive);
  }

  /// @param body the bytes as they came, in base 64
  @SnakeCase
  record Received(
      @Text(max = 40) String serviceUserId,
      @Nullable @Text(max = 200) String signature,
      @Text(min = 0, max = MAX_BASE64) String body) {
    /// Leaves the body out.
    @Override
    public String toString() {
      return "Received[" + serviceUserId + "]";
    }
  }

  static final int MAX_BASE64 = (GoCardlessWebhook.MAX_BODY / 3 + 2) * 4;

  record Taken(int applied, int parked, int repeated) {}

  private Outcome<Taken> receive(Call<Received, Taken> call) {
    var input = call.input();
    var body = Base64.getDecoder().decode(input.body());
    var secrets =
        accounts.find(input.serviceUserId()).map(GoCardlessAccount::secrets).orElse(List.of());
    if (!GoCardlessWebhook.isSigned(body, input.signature(), secrets)) {
      return Outcome.refused(NOT_SIGNED);
    }
    return switch (GoCardlessWebhook.parse(body)) {
      case GoCardlessWebhook.Malformed _ -> Outcome.refused(UNREADABLE);
      case Delivery(_, var events) -> {
        var taken = ingest.take(input.serviceUserId(), events, call.at());
        yield Outcome.done(new Taken(taken.applied(), taken.parked(), taken.repeated()));
      }
    };
  }
}
