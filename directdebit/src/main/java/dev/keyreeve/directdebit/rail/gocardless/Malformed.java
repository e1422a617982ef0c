package dev.keyreeve.directdebit.rail.gocardless;

/// JSON that is not what its reader documents. It is caught where a body is read, and never leaves
/// the room.
final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String why;

  /// @param why quotes nothing of the body
  Malformed(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
