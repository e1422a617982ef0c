package dev.keyreeve.procedure.reference;

import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Reason;
import java.util.Collection;
import java.util.stream.Collectors;

/// The reference page of an API: what each scope permits, and what each procedure asks for.
public final class ScopeMatrix {
  private ScopeMatrix() {}

  /// The page in Markdown, the same for the same declarations.
  public static String of(Api api) {
    var page = new StringBuilder("# " + api.title() + ": procedures and scopes\n\n");
    page.append("Written from the declarations; do not edit.\n");
    if (!api.scopes().entries().isEmpty()) page.append("\n## Scopes\n\n").append(scopes(api));
    return page.append("\n## Procedures\n\n").append(procedures(api)).toString();
  }

  /// A table of the scopes of an API, and nothing else.
  public static String scopes(Api api) {
    var table = new StringBuilder("| scope | permits | held by sessions of |\n|---|---|---|\n");
    for (var entry : api.scopes().entries()) {
      var all =
          entry.standsFor().isEmpty()
              ? entry.permits()
              : entry.permits() + " Stands for " + tokens(entry.standsFor()) + ".";
      row(table, code(entry.scope().token()), all, code(entry.leastRole().word()) + " and above");
    }
    return table.toString();
  }

  private static String procedures(Api api) {
    var table =
        new StringBuilder(
            "| procedure | kind | route | needs | refuses with |\n|---|---|---|---|---|\n");
    for (var procedure : api.procedures()) {
      row(
          table,
          code(procedure.name()),
          procedure.kind().toString(),
          code(procedure.route().toString()),
          needs(procedure),
          procedure.refusals().stream()
              .map(Reason::word)
              .sorted()
              .map(ScopeMatrix::code)
              .collect(Collectors.joining(", ")));
    }
    return table.toString();
  }

  private static String needs(Procedure<?, ?> procedure) {
    return switch (procedure.requirement()) {
      case Requirement.Holds(var scope) -> code(scope.token());
      case Requirement.SignedIn(var role) -> "a person signed in as " + code(role.word());
      case Requirement.CommandLine _ -> "the command line";
      case Requirement.AnyCaller _ -> "any caller";
      case Requirement.Possession(var what) -> what;
    };
  }

  private static String tokens(Collection<Scope> scopes) {
    return scopes.stream()
        .map(Scope::token)
        .sorted()
        .map(ScopeMatrix::code)
        .collect(Collectors.joining(", "));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static void row(StringBuilder table, String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
