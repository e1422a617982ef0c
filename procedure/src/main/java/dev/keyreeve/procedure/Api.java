package dev.keyreeve.procedure;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.scope.ScopeCatalogue;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A named set of procedures with the scopes that open them and the callers that it is for.
public final class Api {
  /// What an API may settle for itself.
  public record Options(RestForm restForm) {
    public static final Options USUAL = new Options(RestForm.ENVELOPED);

    public Options answeringIn(RestForm form) {
      return new Options(form);
    }
  }

  private final String name;
  private final String title;
  private final Audience audience;
  private final ScopeCatalogue scopes;
  private final Options options;
  private final Map<String, Procedure<?, ?>> procedures = new LinkedHashMap<>();

  /// An API with the usual options.
  ///
  /// @throws IllegalArgumentException as the other constructor does
  public Api(
      String name,
      String title,
      Audience audience,
      ScopeCatalogue scopes,
      List<Procedure<?, ?>> procedures) {
    this(name, title, audience, scopes, Options.USUAL, procedures);
  }

  /// @param name short, as in paths and file names: `dd`
  /// @param title for people
  /// @throws IllegalArgumentException if two procedures share a name or a route, if one leads to a
  ///   route that no query has, or if one asks for what the audience cannot have: an API for keys
  ///   holds every procedure, the one that tells a caller who it is aside, behind exactly one scope
  ///   of its catalogue
  public Api(
      String name,
      String title,
      Audience audience,
      ScopeCatalogue scopes,
      Options options,
      List<Procedure<?, ?>> procedures) {
    this.name = name;
    this.title = title;
    this.audience = audience;
    this.scopes = scopes;
    this.options = options;
    var routes = new HashSet<Route>();
    for (var procedure : procedures) {
      if (!suits(procedure.requirement())) {
        throw new IllegalArgumentException(
            procedure + " asks for what callers of " + name + " cannot have");
      }
      if (this.procedures.put(procedure.name(), procedure) != null
          || !routes.add(procedure.route())) {
        throw new IllegalArgumentException(procedure + " is declared twice, by name or by route");
      }
    }
    procedures.forEach(this::checkLocation);
  }

  private void checkLocation(Procedure<?, ?> procedure) {
    for (var header : procedure.success().headers()) {
      if (header instanceof AnswerHeader.Location<?>(var route, _)
          && procedures().stream()
              .noneMatch(each -> each.kind() == Kind.QUERY && each.route().equals(route))) {
        throw new IllegalArgumentException(
            procedure + " leads to " + route + ", where no query is");
      }
    }
  }

  private boolean suits(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Holds(var scope) ->
          audience instanceof Audience.Keys && scopes.contains(scope);
      case Requirement.AnyCaller _ -> !(audience instanceof Audience.Everyone);
      case Requirement.SignedIn _, Requirement.CommandLine _ -> audience instanceof Audience.People;
      case Requirement.Possession _ -> audience instanceof Audience.Everyone;
    };
  }

  public String name() {
    return name;
  }

  public String title() {
    return title;
  }

  public Audience audience() {
    return audience;
  }

  public ScopeCatalogue scopes() {
    return scopes;
  }

  public Options options() {
    return options;
  }

  /// In the order of declaration.
  public Collection<Procedure<?, ?>> procedures() {
    return Collections.unmodifiableCollection(procedures.values());
  }

  public @Nullable Procedure<?, ?> find(String procedure) {
    return procedures.get(procedure);
  }
}
