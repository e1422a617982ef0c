package dev.keyreeve.platform.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.SealedColumn;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A message in its row: recipient, subject and body as JSON, sealed for its cell.
final class SealedMessage {
  private static final JsonMapper json = new JsonMapper();

  static final SealedColumn COLUMN = SealedColumn.ofWorkspaces("mail", "sealed_message");

  private SealedMessage() {}

  static byte[] seal(FieldCipher cipher, String id, Message message) {
    var fields =
        json.createObjectNode()
            .put("to", message.to().text())
            .put("subject", message.subject())
            .put("body", message.body());
    try {
      return cipher.seal(json.writeValueAsBytes(fields), COLUMN.cell(id));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Message open(FieldCipher cipher, String id, byte[] sealed) {
    try {
      var fields = json.readTree(cipher.open(sealed, COLUMN.cell(id)));
      return new Message(
          new MailAddress(fields.path("to").asText()),
          fields.path("subject").asText(),
          fields.path("body").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
