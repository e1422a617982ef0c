package dev.keyreeve.identity.journal;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import org.jspecify.annotations.Nullable;

/// One call, or one refused request, when it is over.
///
/// @param atMillis when, in milliseconds since the epoch
/// @param requestId of the HTTP request; what is longer than 24 characters is cut
/// @param procedure its name; null if the request came to no procedure
/// @param calls how many calls it stands for: more than one if a whole batch was refused, or if it
///   sums up calls
/// @param latencyMicros how long each of them took, in microseconds
/// @param kind what it is evidence of
public record Entry(
    long atMillis,
    String requestId,
    By by,
    Address address,
    @Nullable String procedure,
    End end,
    int calls,
    long latencyMicros,
    Kind kind) {

  /// What an entry is evidence of.
  public enum Kind {
    /// A call whose caller was admitted: it was paid for, and counts as a request of its key.
    ADMITTED(0),

    /// A request that was refused before it cost anything: it counts for no key.
    REFUSED(1),

    /// Admitted calls that found no room in the journal, summed up. It counts, and is no row of the
    /// request log.
    SUM(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /// What records hold of it.
    int number() {
      return number;
    }

    static Kind ofNumber(int number) {
      return switch (number) {
        case 0 -> ADMITTED;
        case 1 -> REFUSED;
        default -> SUM;
      };
    }
  }

  /// Who called.
  public sealed interface By {
    /// @param secret number of the secret that proved the key
    record OfKey(KeyId id, int secret, String workspace) implements By {}

    record OfSession(String id, String workspace) implements By {}

    /// The command line.
    record OfCommandLine() implements By {}

    /// Somebody without a credential, or with one that stands for nobody.
    record OfNobody() implements By {}

    /// A kind of caller that this version does not know: a newer one has written it.
    ///
    /// @param kind its number in records, 1 to 255
    record OfAnother(int kind, String id, int credential, @Nullable String workspace)
        implements By {}

    /// Null where the caller belongs to none.
    default @Nullable String workspaceOrNull() {
      return switch (this) {
        case OfKey(_, _, var workspace) -> workspace;
        case OfSession(_, var workspace) -> workspace;
        case OfAnother(_, _, _, var workspace) -> workspace;
        case OfCommandLine _, OfNobody _ -> null;
      };
    }
  }

  boolean isOfNobody() {
    return by instanceof By.OfNobody;
  }
}
