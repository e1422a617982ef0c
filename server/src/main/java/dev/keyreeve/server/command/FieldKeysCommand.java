package dev.keyreeve.server.command;

import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.server.config.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import picocli.CommandLine.Command;

/// The keys of the sealed columns, in their file.
@Command(
    name = "field-keys",
    mixinStandardHelpOptions = true,
    description = "Replaces the key by which account numbers and other secrets are sealed.",
    subcommands = FieldKeysCommand.Add.class)
public final class FieldKeysCommand {
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      modelTransformer = SettingFlags.class,
      description =
          "Adds a newer key to the file of field keys. It comes into use once every server has it"
              + " and was started anew.")
  static final class Add extends SettingsCommand {
    @Override
    int run(Configuration.Good configuration, PrintWriter out) throws IOException {
      var file = configuration.settings().secrets().fieldKeysFile();
      if (Files.notExists(file)) {
        throw new IllegalStateException("There is no " + file + "; the first start makes it.");
      }
      var owner = Files.getOwner(file).getName();
      if (!owner.equals(System.getProperty("user.name"))) {
        throw new IllegalStateException(file + " belongs to " + owner + ", who must do this.");
      }
      out.println("Field key " + FieldKeys.add(file) + " is in " + file + ".");
      out.println("Copy the file to every server, back it up, and start them anew one by one.");
      return 0;
    }
  }
}
