package dev.keyreeve.procedure.typescript;

import dev.keyreeve.procedure.AnswerHeader;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Success;
import dev.keyreeve.procedure.shape.Form;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The declaration file that gives `@trpc/client` the types of an API: inputs, outputs, and what an
/// error carries. It imports public types of `@trpc/server` alone, all of which exist since 11.4.0.
public final class AppRouterTypes {
  private static final String HEAD =
      """
      // For @trpc/client 11.4.0 and newer:
      //
      //   createTRPCClient<AppRouter>({ links: [httpBatchLink({ url, headers })] })
      //
      // Written from the declarations; do not edit.

      import type {
        TRPCBuiltRouter,
        TRPCDefaultErrorData,
        TRPCDefaultErrorShape,
        TRPCMutationProcedure,
        TRPCQueryProcedure,
        TRPCSubscriptionProcedure,
      } from "@trpc/server";

      """;

  private static final String FAILURE =
      """
      /** One thing that is wrong with an input. */
      export interface FailureIssue {
        /** Where, such as `items[3].reason`; empty for the input as a whole. */
        path: string;
        code: string;
        message: string;
      }

      /** What the `data` of a TRPCClientError holds. Further members depend on the reason. */
      export interface FailureData extends TRPCDefaultErrorData {
        /** Why, in a word that does not change, such as `invalid_input`. */
        reason: string;
        issues?: FailureIssue[];
        requiredScope?: string;
        retryAfterMs?: number;
        requestId?: string;
        [detail: string]: unknown;
      }

      export interface FailureShape extends TRPCDefaultErrorShape {
        data: FailureData;
      }

      /** An event of a subscription, and the id after which to resume. */
      export interface Tracked<T> {
        id: string;
        data: T;
      }

      """;

  private final TypeScriptTypes types = new TypeScriptTypes();

  private AppRouterTypes() {}

  /// The text of the file, the same for the same declarations.
  public static String of(Api api) {
    return new AppRouterTypes().write(api);
  }

  private String write(Api api) {
    var router =
        """
        export type AppRouter = TRPCBuiltRouter<
          { ctx: object; meta: object; errorShape: FailureShape; transformer: false },
        %s>;
        """
            .formatted(record(tree(api), "  ") + "\n");
    return "// The procedures of the API \""
        + api.title()
        + "\".\n"
        + HEAD
        + types.declarations()
        + "\n"
        + FAILURE
        + router;
  }

  /// A part of a name, with the parts that follow it or the procedure that it ends at.
  private sealed interface Node {
    record Branch(Map<String, Node> children) implements Node {}

    record Leaf(Procedure<?, ?> procedure) implements Node {}
  }

  private static Node.Branch tree(Api api) {
    var root = new Node.Branch(new LinkedHashMap<>());
    for (var procedure : api.procedures()) {
      var parts = procedure.name().split("\\.", -1);
      var branch = root;
      for (int i = 0; i < parts.length - 1; i++) {
        var child =
            branch.children.computeIfAbsent(parts[i], _ -> new Node.Branch(new LinkedHashMap<>()));
        if (!(child instanceof Node.Branch inner)) throw isTwoThings(procedure);
        branch = inner;
      }
      if (branch.children.put(parts[parts.length - 1], new Node.Leaf(procedure)) != null) {
        throw isTwoThings(procedure);
      }
    }
    return root;
  }

  private static IllegalArgumentException isTwoThings(Procedure<?, ?> procedure) {
    return new IllegalArgumentException(
        "a name on the way of " + procedure + " is both a procedure and a group of them");
  }

  private String record(Node.Branch branch, String indent) {
    var text = new StringBuilder(indent).append("{\n");
    branch.children.forEach((name, node) -> text.append(member(name, node, indent + "  ")));
    return text.append(indent).append("}").toString();
  }

  private String member(String name, Node node, String indent) {
    return switch (node) {
      case Node.Branch branch -> indent + name + ": " + record(branch, indent).strip() + ";\n";
      case Node.Leaf(var procedure) ->
          indent
              + "/** "
              + procedure.summary()
              + " */\n"
              + indent
              + name
              + ": "
              + type(procedure)
              + ";\n";
    };
  }

  private String type(Procedure<?, ?> procedure) {
    boolean optional = procedure.fields().stream().noneMatch(Form.Field::required);
    var input = types.of(procedure.input().form()) + (optional ? " | undefined" : "");
    var output = output(procedure.success());
    return switch (procedure.kind()) {
      case QUERY -> type("Query", input, output);
      case MUTATION -> type("Mutation", input, output);
      case SUBSCRIPTION -> type("Subscription", input, "AsyncIterable<Tracked<" + output + ">>");
    };
  }

  /// The value, with what REST tells in headers as further fields.
  private <O> String output(Success<O> success) {
    var value = types.of(success.shape().form());
    if (success.headers().isEmpty()) return value;

    return success.headers().stream()
        .map(AppRouterTypes::field)
        .collect(Collectors.joining("; ", value + " & { ", " }"));
  }

  private static <O> String field(AnswerHeader<O> header) {
    return switch (header) {
      case AnswerHeader.Tag<O> _, AnswerHeader.Location<O> _ -> header.field() + ": string";
      case AnswerHeader.RetryAfter<O> _ -> header.field() + "?: number";
    };
  }

  private static String type(String kind, String input, String output) {
    return "TRPC%sProcedure<{ input: %s; output: %s; meta: object; errorShape: FailureShape }>"
        .formatted(kind, input, output);
  }
}
