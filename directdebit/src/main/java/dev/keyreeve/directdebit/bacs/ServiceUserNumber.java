package dev.keyreeve.directdebit.bacs;

import dev.keyreeve.procedure.shape.Format;
import dev.keyreeve.procedure.shape.PlainText;
import java.util.regex.Pattern;

/// The six digits by which Bacs knows a collector. Several collectors may share the number of a
/// facilities manager, so that it names a mandate only together with the mandate's reference.
@Format(pattern = "^[0-9]{6}$", example = "123456")
public record ServiceUserNumber(String digits) {

  private static final Pattern FORM = Pattern.compile("[0-9]{6}");

  public ServiceUserNumber {
    if (!FORM.matcher(digits).matches()) {
      throw new IllegalArgumentException("A service user number is six digits.");
    }
  }

  public static ServiceUserNumber parse(String text) {
    return new ServiceUserNumber(PlainText.of(text));
  }

  @Override
  public String toString() {
    return digits;
  }
}
