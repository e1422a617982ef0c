package dev.keyreeve.directdebit.rail.sandbox;

import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimRaised;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.DebitReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.Quirk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.List;

/// Chosen rates of returns and claims among accounts that would always pay, for many debits at
/// once. A hash of seed, reference and entry day decides, so that the same debits end the same way
/// again.
///
/// @param failureRate parts of 10,000 that come back for want of funds
/// @param claimRate parts of 10,000, of those that do not come back, that are claimed back
public record Volume(long seed, int failureRate, int claimRate) {
  private static final int WHOLE = 10_000;
  private static final int RETURN_DAY = 4;
  private static final int CLAIM_DAY = 8;

  List<PlannedReport> forDebit(String reference, LocalDate entryDay) {
    if (part("return", reference, entryDay) < failureRate) {
      return List.of(
          new PlannedReport(RETURN_DAY, new DebitReturned(AruddReason.REFER_TO_PAYER, Quirk.NONE)));
    }
    if (part("claim", reference, entryDay) < claimRate) {
      return List.of(new PlannedReport(CLAIM_DAY, new ClaimRaised(DdicReason.NO_NOTICE)));
    }
    return List.of();
  }

  private int part(String what, String reference, LocalDate entryDay) {
    var text = seed + " " + what + " " + reference + " " + entryDay;
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return (int) Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), WHOLE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
