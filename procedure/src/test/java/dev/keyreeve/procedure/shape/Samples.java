package dev.keyreeve.procedure.shape;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// A set of records that uses everything a shape can do.
@NullMarked
public final class Samples {
  private Samples() {}

  public enum MandateState {
    PENDING_SUBMISSION,
    ACTIVE,
    CANCELLED
  }

  @Format(pattern = "^man_[0-9]{4}$", example = "man_0001")
  public record MandateId(String value) {
    public static MandateId parse(String text) {
      if (!text.matches("man_[0-9]{4}")) {
        throw new IllegalArgumentException("A mandate id is man_ and four digits.");
      }
      return new MandateId(text);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  public record Payer(
      @Text(max = 18) String name,
      @Nullable @Text(max = 254, pattern = "^[^@ ]+@[^@ ]+$") String email,
      @Nullable @Text(min = 0, max = 40, multiline = true) String note) {}

  public record Instalment(@Range(min = 1, max = 2_000_000) long amountMinor, LocalDate due) {}

  public record InviteMandate(
      Payer payer,
      @Nullable @Items(min = 1, max = 3) List<Instalment> schedule,
      @Nullable @Range(min = 1, max = 28) Integer expiresInDays,
      boolean sendEmail,
      @Nullable @Items(max = 2) Map<@Text(max = 10) String, @Text(max = 20) String> metadata,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    public InviteMandate {
      if (from != null && to != null && to.isBefore(from)) {
        throw new IllegalArgumentException("The end must not be before the beginning.");
      }
    }
  }

  public record MandateView(
      MandateId id, MandateState state, Payer payer, long version, Instant createdAt) {}

  public record InvitedMandate(MandateView mandate, @Nullable OneTime url, boolean replayed) {}

  public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public static <T> Shape<Page<T>> of(Shape<T> item) {
      return Shapes.of(Page.class, item);
    }
  }

  public record ListMandates(
      @Nullable @Items(max = 3) List<MandateState> state,
      @Nullable @Items(max = 50) List<MandateId> ids,
      @Nullable @Range(min = 1, max = 200) Integer limit) {}

  public record PatchPayer(
      Patch<@Text(max = 254) String> email, Patch<@Items(max = 2) List<String>> labels) {}

  public record PatchMandate(
      MandateId id,
      Patch<@Range(min = 1, max = 28) Integer> dueDay,
      Patch<MandateState> state,
      Patch<LocalDate> until,
      @Nullable PatchPayer payer,
      Patch<Instalment> last) {}

  public record Letter(
      @Media(
              types = {"text/plain", "application/pdf"},
              maxBytes = 20)
          Content text,
      @Items(max = 2) List<@Media(types = "image/png") Content> pictures) {}

  public record Dashboard(Page<MandateView> mandates, List<Page<String>> notes) {}
}
