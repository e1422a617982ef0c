package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record of a report of which nobody knows what it says. It may be about the instruction that it
/// names, so it waits for a person; the rest of the report is done.
///
/// @param type as the bank writes it
/// @param reference empty where the record has none
/// @param code of the reason; empty where the record has none
/// @param effectiveDate as the bank writes it; empty where the record has none
public record UnknownAdvice(String type, String reference, String code, String effectiveDate) {

  public UnknownAdvice {
    type = Words.ofOneLine(type);
    reference = Words.ofOneLine(reference);
    code = Words.ofOneLine(code);
    effectiveDate = Words.ofOneLine(effectiveDate);
  }

  Advice advice(AdviceKeys keys, ServiceUserNumber user, @Nullable LocalDate generatedOn) {
    return new Advice(
        keys.next(
            reference,
            generatedOn,
            List.of(user.digits(), "unknown", type, reference, code, effectiveDate)),
        new AdviceSubject.Instruction(user, reference, null),
        ("record type " + type + " " + code).strip(),
        new Advice.Unclear("This type of record is not known."));
  }
}
