package dev.keyreeve.procedure.command;

import java.util.List;

/// A word of the command line: a command, or one behind which others stand.
public sealed interface Word permits Word.Group, Command {
  String name();

  /// For whoever asks for help.
  String about();

  /// @param words in the order of help
  record Group(String name, String about, List<Word> words) implements Word {
    public Group {
      words = List.copyOf(words);
    }
  }

  static Group group(String name, String about, Word... words) {
    return new Group(name, about, List.of(words));
  }
}
