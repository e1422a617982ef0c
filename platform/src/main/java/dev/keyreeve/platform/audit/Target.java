package dev.keyreeve.platform.audit;

/// What was changed.
///
/// @param kind such as `key`, `member`, `organisation`
/// @param id its stable id
public record Target(String kind, String id) {
  public static Target key(String id) {
    return new Target("key", id);
  }

  public static Target organisation(String id) {
    return new Target("organisation", id);
  }

  public static Target person(String id) {
    return new Target("person", id);
  }

  public static Target session(String id) {
    return new Target("session", id);
  }
}
