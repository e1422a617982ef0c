package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.procedure.shape.Format;
import java.util.regex.Pattern;

/// By which GoCardless knows something, such as `MD00001PEYCSQF` for a mandate.
@Format(pattern = "^[A-Za-z0-9_-]{1,64}$", example = "CR000123")
public record ResourceId(String text) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public ResourceId {
    if (!isOne(text)) {
      throw new IllegalArgumentException("A resource's id is 1 to 64 of A-Z, a-z, 0-9, _ and -.");
    }
  }

  public static ResourceId parse(String text) {
    return new ResourceId(text);
  }

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
