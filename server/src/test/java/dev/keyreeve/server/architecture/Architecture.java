package dev.keyreeve.server.architecture;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The rules. Each takes classes and answers with its findings, one readable sentence for each;
/// none means all is well.
final class Architecture {

  /// The modules but services, from the ground up: a module may use those before it. Every other
  /// module is a service, and stands beside `identity`.
  static final List<String> MODULES =
      List.of("access", "procedure", "platform", "identity", "server");

  private static final int BESIDE_IDENTITY = MODULES.indexOf("identity");

  /// The one place of the server that knows services by name.
  private static final String LIST_OF_SERVICES = "dev.keyreeve.server.node.Services";

  /// The wings of direct debit, from the ground up: a wing may use those before it.
  static final List<String> WINGS =
      List.of("bacs", "collector", "mandate", "collection", "rail", "watch");

  private static final String ROOT = "dev.keyreeve.";
  private static final List<String> SUBJECTS =
      Stream.of("Key", "Session", "CommandLine", "Anyone")
          .map((ROOT + "access.subject.")::concat)
          .toList();

  private static final List<String> KNOW_KINDS =
      List.of(
          // Make them, from rows.
          ROOT + "identity.access.KeyFacts",
          ROOT + "identity.access.SessionFacts",
          // Is the home of sessions.
          ROOT + "identity.session.",
          // Tells each kind of credential in words of its own.
          ROOT + "procedure.WhoAmI",
          // Keeps of each kind what tells it later.
          ROOT + "identity.journal.JournalObserver");

  private static final List<String> HTTP_LIBRARIES =
      List.of("io.vertx.", "io.netty.", "com.sun.net.httpserver.", "jakarta.servlet.");
  private static final List<String> GROUND =
      List.of("java.", "javax.crypto.", "org.jspecify.annotations.", ROOT + "access.");

  private Architecture() {}

  /// Finds the shortest circle of packages, with a class that shows each step of it.
  static List<String> circles(Collection<CompiledClass> classes) {
    var arrows = packageArrows(classes);
    return arrows.stream()
        .map(Arrow::from)
        .distinct()
        .map(start -> wayBackTo(start, arrows))
        .filter(way -> !way.isEmpty())
        .min(Comparator.comparingInt(List::size))
        .map(Architecture::describe)
        .stream()
        .toList();
  }

  /// Finds the families: the source files that all know each other, by whatever way. Each is told
  /// as its package and its files.
  static List<String> families(Collection<CompiledClass> classes) {
    var known = new TreeMap<String, Set<String>>();
    for (var type : classes) {
      var files = known.computeIfAbsent(fileOf(type.name()), _ -> new TreeSet<>());
      type.uses().stream().map(Architecture::fileOf).forEach(files::add);
    }
    var reached = new TreeMap<String, Set<String>>();
    for (var file : known.keySet()) reached.put(file, reachedFrom(file, known));

    return reached.keySet().stream()
        .map(
            file ->
                reached.getOrDefault(file, Set.of()).stream()
                    .filter(other -> reached.getOrDefault(other, Set.of()).contains(file))
                    .collect(toCollection(TreeSet::new)))
        .distinct()
        .filter(files -> files.size() > 1)
        .map(
            files ->
                CompiledClass.packageOf(files.getFirst()).substring(ROOT.length())
                    + files.stream()
                        .map(file -> file.substring(file.lastIndexOf('.') + 1))
                        .collect(joining(" ", ": ", "")))
        .toList();
  }

  private static Set<String> reachedFrom(String start, Map<String, Set<String>> known) {
    var reached = new HashSet<String>();
    var left = new ArrayDeque<>(known.getOrDefault(start, Set.of()));
    while (!left.isEmpty()) {
      var file = left.pop();
      // What is in another package leads to no way back, for packages form no circle.
      if (CompiledClass.packageOf(file).equals(CompiledClass.packageOf(start))
          && reached.add(file)) {
        known.getOrDefault(file, Set.of()).stream()
            .filter(next -> !next.equals(file))
            .forEach(left::push);
      }
    }
    return reached;
  }

  private static String fileOf(String className) {
    int nested = className.indexOf('$');
    return nested < 0 ? className : className.substring(0, nested);
  }

  static List<String> arrowsAgainstTheOrder(Collection<CompiledClass> classes) {
    return findings(
        classes,
        user -> used -> used.startsWith(ROOT) && floor(used) > floor(user.name()),
        "points up, against the order " + MODULES);
  }

  static List<String> arrowsBetweenServices(Collection<CompiledClass> classes) {
    return findings(
        classes,
        user ->
            used ->
                floor(user.name()) == BESIDE_IDENTITY
                    && used.startsWith(ROOT)
                    && floor(used) == BESIDE_IDENTITY
                    && !moduleOf(user.name()).equals(moduleOf(used)),
        "knows what stands beside it");
  }

  static List<String> arrowsAgainstTheOrderOfWings(Collection<CompiledClass> classes) {
    return findings(
        classes,
        user -> used -> wing(user.name()) >= 0 && wing(used) > wing(user.name()),
        "points up, against the order " + WINGS);
  }

  /// The place of a class's wing in the order; -1 for what is in none, and higher than all for what
  /// stands at the root of direct debit, which joins them.
  private static int wing(String className) {
    var root = ROOT + "directdebit.";
    if (!className.startsWith(root)) return -1;
    var rest = className.substring(root.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? WINGS.size() : WINGS.indexOf(rest.substring(0, dot));
  }

  /// A subject answers for itself. Those who have to ask of which kind it is are named here, with
  /// the reason.
  static List<String> questionsOfKindOutsideAccess(Collection<CompiledClass> classes) {
    return findings(
        classes,
        user ->
            used ->
                SUBJECTS.contains(used)
                    && !isIn("access", user)
                    && KNOW_KINDS.stream().noneMatch(user.name()::startsWith),
        "knows of which kind a subject is");
  }

  static List<String> servicesKnownByName(Collection<CompiledClass> classes) {
    return findings(
        classes,
        user ->
            used ->
                isIn("server", user) && !user.name().equals(LIST_OF_SERVICES) && isOfService(used),
        "knows a service by name, beside " + LIST_OF_SERVICES);
  }

  static List<String> foreignTypesOnTheGround(Collection<CompiledClass> classes) {
    return findings(
        classes,
        user -> used -> isIn("access", user) && GROUND.stream().noneMatch(used::startsWith),
        "leaves the JDK");
  }

  static List<String> httpBelowTheServer(Collection<CompiledClass> classes) {
    return findings(
        classes,
        user -> used -> !isIn("server", user) && HTTP_LIBRARIES.stream().anyMatch(used::startsWith),
        "knows an HTTP library");
  }

  static List<String> packagesWithoutNullMarked(Collection<CompiledClass> classes) {
    var marked =
        classes.stream()
            .filter(type -> type.annotations().contains("org.jspecify.annotations.NullMarked"))
            .filter(type -> type.name().endsWith(".package-info"))
            .map(CompiledClass::packageName)
            .toList();
    return classes.stream()
        .map(CompiledClass::packageName)
        .distinct()
        .sorted()
        .filter(Predicate.not(marked::contains))
        .map(name -> name + " has no package-info.java with @NullMarked")
        .toList();
  }

  /// Logs go through SLF4J; only the command line, in the server, speaks to the terminal.
  static List<String> strayOutput(Collection<CompiledClass> classes) {
    var console = Set.of("java.lang.System.out", "java.lang.System.err");
    return classes.stream()
        .flatMap(
            type ->
                Stream.concat(
                        type.members().stream()
                            .filter(member -> console.contains(member) && !isIn("server", type)),
                        type.uses().stream().filter(used -> used.startsWith("java.util.logging.")))
                    .map(used -> type.name() + " -> " + used))
        .sorted()
        .toList();
  }

  private static boolean isIn(String module, CompiledClass type) {
    return type.name().startsWith(ROOT + module + ".");
  }

  private static boolean isOfService(String className) {
    return className.startsWith(ROOT) && !MODULES.contains(moduleOf(className));
  }

  /// The place of the module of a class of ours in the order.
  private static int floor(String className) {
    return isOfService(className) ? BESIDE_IDENTITY : MODULES.indexOf(moduleOf(className));
  }

  private static String moduleOf(String className) {
    return className.substring(ROOT.length()).split("\\.", 2)[0];
  }

  private static List<String> findings(
      Collection<CompiledClass> classes,
      Function<CompiledClass, Predicate<String>> isWrong,
      String why) {
    return classes.stream()
        .flatMap(
            user ->
                user.uses().stream()
                    .filter(isWrong.apply(user))
                    .map(used -> user.name() + " -> " + used + " " + why))
        .sorted()
        .toList();
  }

  /// A package uses another, and a class in which it shows.
  private record Arrow(String from, String to, String evidence) {}

  private static Collection<Arrow> packageArrows(Collection<CompiledClass> classes) {
    var packages = classes.stream().map(CompiledClass::packageName).collect(toSet());
    var arrows = new TreeMap<String, Arrow>();
    for (var user : classes) {
      for (var used : user.uses()) {
        var from = user.packageName();
        var to = CompiledClass.packageOf(used);
        if (!from.equals(to) && packages.contains(to)) {
          arrows.putIfAbsent(
              from + " -> " + to, new Arrow(from, to, user.name() + " uses " + used));
        }
      }
    }
    return arrows.values();
  }

  /// The shortest way from a package along the arrows back to itself; empty if there is none.
  private static List<Arrow> wayBackTo(String start, Collection<Arrow> arrows) {
    var cameBy = new HashMap<String, Arrow>();
    var next = new ArrayDeque<String>(List.of(start));
    while (!next.isEmpty()) {
      var here = next.remove();
      for (var arrow : arrows) {
        if (arrow.from().equals(here) && cameBy.putIfAbsent(arrow.to(), arrow) == null) {
          next.add(arrow.to());
        }
      }
    }
    var way = new ArrayList<Arrow>();
    for (var step = cameBy.get(start); step != null; ) {
      way.addFirst(step);
      step = step.from().equals(start) ? null : cameBy.get(step.from());
    }
    return way;
  }

  private static String describe(List<Arrow> circle) {
    var packages = circle.stream().map(arrow -> arrow.from() + " -> ").collect(joining());
    var evidence = circle.stream().map(arrow -> "\n    " + arrow.evidence()).collect(joining());
    return packages + circle.getLast().to() + evidence;
  }
}
