package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A whole number, kept as `Integer` or `Long`.
final class IntegerShape<N extends Number> extends Shape<N> {
  private static final long MAX_SAFE = (1L << 53) - 1;

  private final Form.IntegerForm form;
  private final Form.IntegerForm widest;
  private final LongFunction<N> box;

  private IntegerShape(Form.IntegerForm form, Form.IntegerForm widest, LongFunction<N> box) {
    if (form.min() > form.max() || form.min() < widest.min() || form.max() > widest.max()) {
      throw new IllegalArgumentException("the range is empty or exceeds the type");
    }
    this.form = form;
    this.widest = widest;
    this.box = box;
  }

  static IntegerShape<Integer> ofInt(@Nullable Range range) {
    var widest = new Form.IntegerForm(int.class, Integer.MIN_VALUE, Integer.MAX_VALUE);
    var form = range == null ? widest : new Form.IntegerForm(int.class, range.min(), range.max());
    return new IntegerShape<>(form, widest, Math::toIntExact);
  }

  static IntegerShape<Long> ofLong(@Nullable Range range) {
    var widest = new Form.IntegerForm(long.class, Long.MIN_VALUE, Long.MAX_VALUE);
    var form =
        range == null
            ? new Form.IntegerForm(long.class, -MAX_SAFE, MAX_SAFE)
            : new Form.IntegerForm(long.class, range.min(), range.max());
    return new IntegerShape<>(form, widest, Long::valueOf);
  }

  @Override
  public Form form() {
    return form;
  }

  @Override
  @Nullable N read(JsonNode node, Reading reading) {
    if (!node.isIntegralNumber()) {
      return reading.refuse("wrong_type", "This must be a number without fraction and exponent.");
    }
    var limits = reading.isStored() ? widest : form;
    return node.canConvertToLong()
            && limits.min() <= node.longValue()
            && node.longValue() <= limits.max()
        ? box.apply(node.longValue())
        : reading.refuse(
            "out_of_range", "This must be from " + limits.min() + " to " + limits.max() + ".");
  }

  @Override
  void write(N value, JsonGenerator out, boolean withSecrets) throws IOException {
    out.writeNumber(value.longValue());
  }
}
