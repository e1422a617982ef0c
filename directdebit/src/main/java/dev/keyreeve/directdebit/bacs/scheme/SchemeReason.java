package dev.keyreeve.directdebit.bacs.scheme;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Why a bank reports something, in the codes of the Bacs report that says so.
public sealed interface SchemeReason permits AuddisReason, AddacsReason, AruddReason, DdicReason {

  /// The name of the report and the code in it, such as `ARUDD-2`; [#parse] reads it back.
  String code();

  /// The constant's name; [#cause] is made of it.
  String name();

  /// What happened, in a word that is the same in every report, such as `payer_deceased`.
  default String cause() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SchemeReason parse(String code) {
    return find(code)
        .orElseThrow(() -> new IllegalArgumentException("not a reason code of a report: " + code));
  }

  /// The reason of that code, if it is one.
  static Optional<SchemeReason> find(String code) {
    return Optional.ofNullable(ByCode.REASONS.get(code));
  }
}

final class ByCode {
  static final Map<String, SchemeReason> REASONS =
      Stream.<SchemeReason[]>of(
              AuddisReason.values(),
              AddacsReason.values(),
              AruddReason.values(),
              DdicReason.values())
          .flatMap(Stream::of)
          .collect(Collectors.toUnmodifiableMap(SchemeReason::code, Function.identity()));

  private ByCode() {}
}
