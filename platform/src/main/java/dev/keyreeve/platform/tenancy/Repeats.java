package dev.keyreeve.platform.tenancy;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Replayable;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Form;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls that name themselves, and what they were answered. The key is claimed in the transaction
/// of the work itself: either both are kept or neither.
///
/// Kept are results, without their one-time secrets, and refusals that would come again. A refusal
/// that may pass is not kept, so that the call can be tried once more.
final class Repeats {
  private static final ObjectMapper json =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
          .build();

  private final Fingerprint fingerprint;

  Repeats(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /// What is kept of an earlier call: exactly one of answer and refusal.
  record Kept(String fingerprint, @Nullable String answer, @Nullable String refusal) {}

  <I, O> Outcome<O> once(Tx tx, Call<I, O> call, String key, Work<I, O> work) {
    var print =
        HexFormat.of().formatHex(fingerprint.of("idempotency", tx.workspace(), canonical(call)));
    if (!claim(tx, call, key, print)) {
      return repeat(call, find(tx, call, key), print);
    }
    var outcome = tx.attempt(() -> work.in(tx, call.input()));
    switch (outcome) {
      case Outcome.Done<O>(var value) ->
          keep(tx, call, key, call.procedure().output().stored(value), null);
      case Outcome.Refused<O>(var problem) when isLasting(problem) ->
          keep(tx, call, key, null, write(new KeptRefusal(problem)));
      case Outcome.Refused<O> _ -> forget(tx, call, key);
    }
    return outcome;
  }

  private static boolean isLasting(Problem problem) {
    return problem.code() == Code.CONFLICT || problem.code() == Code.UNPROCESSABLE_CONTENT;
  }

  private static <I, O> Outcome<O> repeat(Call<I, O> call, Kept kept, String print) {
    if (!kept.fingerprint().equals(print)) {
      return Outcome.refused(Reasons.IDEMPOTENCY_KEY_REUSED);
    }
    if (kept.refusal() != null) {
      return new Outcome.Refused<>(read(kept.refusal(), KeptRefusal.class).problem(call));
    }
    return switch (call.procedure().output().decodeStored(read(kept.answer(), JsonNode.class))) {
      case Decoded.Valid<O>(var value) -> Outcome.done(asReplay(value));
      case Decoded.Invalid<O>(var issues) ->
          throw new IllegalStateException("a kept answer cannot be read: " + issues);
    };
  }

  @SuppressWarnings("unchecked") // A Replayable is declared as replaying itself.
  private static <O> O asReplay(O value) {
    return value instanceof Replayable<?> replayable ? (O) replayable.asReplay() : value;
  }

  /// Whether this call is the first of its name. Waits for one that is still being carried out.
  private static boolean claim(Tx tx, Call<?, ?> call, String key, String print) {
    return tx.update(
                """
                insert into idempotency (workspace_id, procedure, key, fingerprint, created_at)
                values (:workspace, :procedure, :key, decode(:fingerprint, 'hex'), :now)
                on conflict do nothing
                """)
            .bind("procedure", call.procedure().name())
            .bind("key", key)
            .bind("fingerprint", print)
            .execute()
        == 1;
  }

  private static Kept find(Tx tx, Call<?, ?> call, String key) {
    return tx.query(
            """
            select encode(fingerprint, 'hex') as fingerprint, answer, refusal from idempotency
            where workspace_id = :workspace and procedure = :procedure and key = :key
            """)
        .bind("procedure", call.procedure().name())
        .bind("key", key)
        .map(
            (row, _) ->
                new Kept(
                    row.getString("fingerprint"),
                    row.getString("answer"),
                    row.getString("refusal")))
        .one();
  }

  private static void keep(
      Tx tx, Call<?, ?> call, String key, @Nullable String answer, @Nullable String refusal) {
    tx.update(
            """
            update idempotency set answer = :answer::jsonb, refusal = :refusal::jsonb
            where workspace_id = :workspace and procedure = :procedure and key = :key
            """)
        .bind("procedure", call.procedure().name())
        .bind("key", key)
        .bind("answer", answer)
        .bind("refusal", refusal)
        .execute();
  }

  private static void forget(Tx tx, Call<?, ?> call, String key) {
    tx.update(
            """
            delete from idempotency
            where workspace_id = :workspace and procedure = :procedure and key = :key
            """)
        .bind("procedure", call.procedure().name())
        .bind("key", key)
        .execute();
  }

  /// @return how many were forgotten
  static int forgetBefore(Tx tx, Instant before) {
    return tx.update(
            "delete from idempotency where workspace_id = :workspace and created_at < :before")
        .bind("before", before)
        .execute();
  }

  /// What a refusal needs to be given again; the reason itself is one that the procedure declares.
  record KeptRefusal(String reason, String message, Map<String, Object> details) {
    KeptRefusal(Problem problem) {
      this(problem.reason().word(), problem.message(), problem.details());
    }

    Problem problem(Call<?, ?> call) {
      var declared =
          call.procedure().refusals().stream()
              .filter(candidate -> candidate.word().equals(reason))
              .findAny()
              .orElseThrow();
      var repeated = new HashMap<>(details);
      repeated.put("replayed", true);
      return new Problem(declared, message, List.of(), repeated);
    }
  }

  /// The input in a form that does not depend on the order of its fields, nor on whether an absent
  /// one is written as null, save where null has a meaning of its own.
  private static String canonical(Call<?, ?> call) {
    var cleared =
        call.procedure().fields().stream()
            .filter(field -> field.form() instanceof Form.ClearableForm)
            .map(Form.Field::name)
            .filter(name -> call.json().path(name).isNull())
            .toList();
    var text = write(json.convertValue(call.json(), Object.class));
    return cleared.isEmpty() ? text : text + write(cleared);
  }

  private static String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(@Nullable String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
