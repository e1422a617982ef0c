package dev.keyreeve.procedure.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.shape.Form;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A command, made from the procedures that it calls:
///
/// ```java
/// command("rotate", KEYS_ROTATE)
///     .with(
///         flag("id", "ID", "The key's id."),
///         flag("overlap_seconds", "--overlap SECONDS", "For how long both work."))
///     .showing(KEY::facts)
/// ```
///
/// Every field of their inputs is a flag, whether it is named here or not; what is named comes
/// first and may say more. A name that is no field's stops it from being made.
///
/// @param under where the API of the procedures stands, below the operators'; empty for that itself
public record Command(
    String name,
    String about,
    List<Declared<?, ?>> procedures,
    String under,
    List<Flag> flags,
    Work work)
    implements Word {
  /// What a command does.
  @FunctionalInterface
  public interface Work {
    void run(Invocation typed) throws IOException, Refusal;
  }

  /// How people are shown an answer.
  @FunctionalInterface
  public interface View {
    void show(JsonNode answer, PrintWriter out);
  }

  public Command {
    procedures = List.copyOf(procedures);
    flags = List.copyOf(flags);
    var known = fields(procedures).keySet();
    for (var flag : flags) {
      if (!known.containsAll(flag.fields())) {
        throw new IllegalArgumentException(
            name + ": not all of " + flag.fields() + " are among " + known);
      }
    }
  }

  /// Calls the first of the procedures, and prints what it is answered.
  public static Command command(
      String name, String about, Declared<?, ?> first, Declared<?, ?>... others) {
    var procedures = Stream.concat(Stream.of(first), Arrays.stream(others)).toList();
    return new Command(name, about, procedures, "", List.of(), _ -> {})
        .showing((answer, out) -> out.println(answer.toPrettyString()));
  }

  /// The same of one procedure, of which the declaration says enough.
  public static Command command(String name, Declared<?, ?> procedure) {
    return command(name, procedure.summary(), procedure);
  }

  /// What is to be said of its flags beyond what the declarations say.
  public Command with(Flag... more) {
    var all = Stream.concat(flags.stream(), Arrays.stream(more)).toList();
    return new Command(name, about, procedures, under, all, work);
  }

  /// Offers these flags and no others.
  public Command only(Flag... alone) {
    var command = with(alone);
    return command.with(Flag.without(command.unsaid()));
  }

  public Command under(String path) {
    return new Command(name, about, procedures, path, flags, work);
  }

  public Command doing(Work other) {
    return new Command(name, about, procedures, under, flags, other);
  }

  /// Calls its procedure, and shows the answer.
  public Command showing(View view) {
    var procedure = procedures.getFirst();
    return doing(typed -> typed.show(typed.call(procedure), view));
  }

  /// Calls its procedure, and shows the items of the answer. If the list comes in pages, all are
  /// shown, and where a page begins and ends is no flag.
  public Command listing(Table table) {
    var procedure = procedures.getFirst();
    var command = Invocation.isPaged(procedure) ? with(Flag.without("limit", "cursor")) : this;
    return command.doing(typed -> typed.show(typed.items(procedure), table::rows));
  }

  /// All of its flags and positions: those that are named, in their order, then the other fields in
  /// that of the inputs.
  public List<Parameter> parameters() {
    var fields = fields(procedures);
    return Stream.concat(flags.stream(), unsaid().stream().map(Flag::flag))
        .filter(flag -> !flag.usage().isEmpty())
        .map(flag -> parameter(flag, fields))
        .toList();
  }

  private Parameter parameter(Flag flag, Map<String, Form> fields) {
    var form = flag.fields().isEmpty() ? null : fields.get(flag.fields().getFirst());
    return new Parameter(flag, form, flag.fallback() == null && isRequired(flag));
  }

  private boolean isRequired(Flag flag) {
    return flag.fields().size() == 1
        && procedures.stream()
            .allMatch(
                procedure ->
                    procedure.fields().stream()
                        .anyMatch(
                            field -> field.required() && flag.fields().contains(field.name())));
  }

  /// The fields that no flag fills.
  private List<String> unsaid() {
    Set<String> said = new HashSet<>();
    flags.forEach(flag -> said.addAll(flag.fields()));
    return fields(procedures).keySet().stream().filter(field -> !said.contains(field)).toList();
  }

  private static Map<String, Form> fields(List<Declared<?, ?>> procedures) {
    var fields = new LinkedHashMap<String, Form>();
    for (var procedure : procedures) {
      procedure.fields().forEach(field -> fields.putIfAbsent(field.name(), field.form()));
    }
    return fields;
  }
}
