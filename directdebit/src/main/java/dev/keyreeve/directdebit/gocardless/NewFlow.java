package dev.keyreeve.directdebit.gocardless;

import dev.keyreeve.directdebit.payer.Contact;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A page to be made for a payer.
///
/// @param redirectUrl where the payer goes after fulfilling
/// @param exitUrl where the payer goes who cannot go on
/// @param prefilled what the payer finds filled in, and may change
public record NewFlow(
    ResourceId billingRequest,
    @Nullable URI redirectUrl,
    @Nullable URI exitUrl,
    @Nullable Contact prefilled) {

  /// Names nobody.
  @Override
  public String toString() {
    return "NewFlow[" + billingRequest + "]";
  }
}
