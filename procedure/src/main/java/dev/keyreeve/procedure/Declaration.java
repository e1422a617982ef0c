package dev.keyreeve.procedure;

import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.procedure.http.ETag;
import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A [Procedure] that is being declared: what it is called and what it asks are fixed, and the
/// remaining steps lead through its input and output to its handler.
public final class Declaration {
  private final Kind kind;
  private final String name;
  private final Requirement requirement;
  private final Route route;
  private String summary = "";
  private Caps caps = Caps.DEFAULT;
  private final Set<Reason> refusals = new LinkedHashSet<>();

  private Declaration(Kind kind, String name, Requirement requirement, Route route) {
    this.kind = kind;
    this.name = name;
    this.requirement = requirement;
    this.route = route;
  }

  public static Declaration query(String name, Requirement requirement, Route route) {
    return new Declaration(Kind.QUERY, name, requirement, route);
  }

  public static Declaration mutation(String name, Requirement requirement, Route route) {
    return new Declaration(Kind.MUTATION, name, requirement, route);
  }

  public static Declaration subscription(String name, Requirement requirement, Route route) {
    return new Declaration(Kind.SUBSCRIPTION, name, requirement, route);
  }

  /// One sentence for the reference.
  public Declaration about(String sentence) {
    summary = sentence;
    return this;
  }

  /// Lets a call send more than [Caps.DEFAULT]. What its content takes comes on top by itself.
  public Declaration capped(Caps larger) {
    caps = larger;
    return this;
  }

  /// An input that is [Repeatable] adds the two reasons that repeated calls can meet; one that is
  /// [Conditional], the reason for which its handler refuses another state.
  public <I> Taking<I> takes(Class<I> input) {
    if (Repeatable.class.isAssignableFrom(input)) {
      refusals.add(Reasons.IDEMPOTENCY_KEY_REUSED);
      refusals.add(Reasons.IDEMPOTENCY_IN_PROGRESS);
    }
    if (Conditional.class.isAssignableFrom(input)) refusals.add(Reasons.PRECONDITION_FAILED);
    var shape = Shapes.of(input);
    if (shape.form() instanceof RecordForm record) {
      for (var field : record.fields()) {
        if (field.form() instanceof ContentForm content) caps = caps.plus(content.maxLength());
      }
    }
    return new Taking<>(shape);
  }

  /// A declaration whose input is known.
  public final class Taking<I> {
    private final Shape<I> input;

    Taking(Shape<I> input) {
      this.input = input;
    }

    public <O> Giving<I, O> gives(Class<O> output) {
      return new Giving<>(input, Shapes.of(output));
    }

    public <O> Giving<I, O> gives(Shape<O> output) {
      return new Giving<>(input, output);
    }
  }

  /// A declaration that lacks only its handler.
  public final class Giving<I, O> implements Declared<I, O> {
    private final Shape<I> input;
    private final Shape<O> output;
    private final List<AnswerHeader<O>> headers = new ArrayList<>();
    private Success.Status status = Success.Status.OK;

    Giving(Shape<I> input, Shape<O> output) {
      this.input = input;
      this.output = output;
    }

    /// Answers with another status than 200, in REST.
    public Giving<I, O> answers(Success.Status other) {
      status = other;
      return this;
    }

    /// Tells the state that the value shows. See [AnswerHeader.Tag].
    public Giving<I, O> tagged(Function<O, ETag> tag) {
      headers.add(new AnswerHeader.Tag<>(tag));
      return this;
    }

    /// Tells where what came of it is shown. See [AnswerHeader.Location].
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied, and nothing is put into it
    public final Giving<I, O> locatedAt(Route query, Function<O, ?>... variables) {
      headers.add(new AnswerHeader.Location<>(query, List.of(variables)));
      return this;
    }

    /// Tells when to ask again. See [AnswerHeader.RetryAfter].
    public Giving<I, O> retriedAfter(Function<O, @Nullable Duration> wait) {
      headers.add(new AnswerHeader.RetryAfter<>(wait));
      return this;
    }

    /// Every reason with which the handler may refuse.
    public Giving<I, O> refuses(Reason... reasons) {
      return refuses(List.of(reasons));
    }

    /// The same, of reasons that always go together.
    public Giving<I, O> refuses(List<Reason> reasons) {
      refusals.addAll(reasons);
      return this;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String summary() {
      return summary;
    }

    @Override
    public Route route() {
      return route;
    }

    @Override
    public Shape<I> input() {
      return input;
    }

    @Override
    public Shape<O> output() {
      return output;
    }

    @Override
    public Procedure<I, O> by(Handler.Answering<I, O> handler) {
      return build(false, handler);
    }

    @Override
    public Procedure<I, O> inlineBy(Handler.Answering<I, O> handler) {
      return build(true, handler);
    }

    @Override
    public Procedure<I, O> streamedBy(Handler.Streaming<I, O> handler) {
      return build(false, handler);
    }

    private Procedure<I, O> build(boolean inline, Handler<I, O> handler) {
      return new Procedure<>(
          kind,
          name,
          requirement,
          route,
          summary,
          input,
          new Success<>(output, status, headers),
          refusals,
          caps,
          inline,
          handler);
    }
  }
}
