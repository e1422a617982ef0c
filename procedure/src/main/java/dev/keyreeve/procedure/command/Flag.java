package dev.keyreeve.procedure.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a command takes fields of its input. What is not said here, the declaration says: whether it
/// has to be given, its type, whether it can be repeated.
///
/// @param usage as help shows it: `--scope` or `--overlap SECONDS`, or `ID` for what is given by
///   its place; `%s` stands for the choices that there are, and an empty one for what is not
///   offered
/// @param about one sentence, in which `%s` stands for the choices or the range that the
///   declaration has; empty for those alone
/// @param fields what it fills; none for what is the command's own
/// @param repeated whether it can be given more than once though the field takes one value
public record Flag(
    String usage,
    String about,
    List<String> fields,
    boolean repeated,
    @Nullable Reading reading,
    @Nullable Fallback fallback) {

  /// Puts into the input what was typed, once or more, where that is not simply the field's value.
  @FunctionalInterface
  public interface Reading {
    void read(List<String> texts, ObjectNode input, Invocation typed) throws IOException, Refusal;
  }

  /// Puts into the input what is meant where nothing was typed.
  @FunctionalInterface
  public interface Fallback {
    void put(ObjectNode input, Invocation typed) throws IOException, Refusal;
  }

  public Flag {
    fields = List.copyOf(fields);
  }

  public static Flag flag(String field, String usage, String about) {
    return new Flag(usage, about, List.of(field), false, null, null);
  }

  /// An option of the field's own name: `--expires-at` for `expires_at`.
  public static Flag flag(String field, String about) {
    return flag(field, "--" + Names.kebab(field), about);
  }

  /// The same, of which the declaration says enough.
  public static Flag flag(String field) {
    return flag(field, "");
  }

  /// What fills no field: the command's work reads it.
  public static Flag own(String usage, String about) {
    return new Flag(usage, about, List.of(), false, null, null);
  }

  /// Fields that the command does not offer.
  public static Flag without(String... fields) {
    return without(List.of(fields));
  }

  static Flag without(List<String> fields) {
    return new Flag("", "", fields, false, null, null);
  }

  /// Fills these fields too, as [#read] does it.
  public Flag filling(String... more) {
    var all = Stream.concat(fields.stream(), Stream.of(more)).toList();
    return new Flag(usage, about, all, repeated, reading, fallback);
  }

  public Flag manyTimes() {
    return new Flag(usage, about, fields, true, reading, fallback);
  }

  public Flag read(Reading other) {
    return new Flag(usage, about, fields, repeated, other, fallback);
  }

  public Flag orElse(Fallback other) {
    return new Flag(usage, about, fields, repeated, reading, other);
  }

  /// Takes this one word, in place of a list, for the empty list.
  public Flag none(String word) {
    return read(
        (texts, input, _) -> {
          var list = input.putArray(fields.getFirst());
          if (!texts.equals(List.of(word))) texts.forEach(list::add);
        });
  }
}
