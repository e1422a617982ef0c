package dev.keyreeve.platform.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.procedure.json.Json;

/// A message in its row: recipient, subject and body as JSON, sealed for its cell.
final class SealedMessage {
  static final SealedColumn COLUMN = SealedColumn.ofWorkspaces("mail", "sealed_message");

  private SealedMessage() {}

  static byte[] seal(FieldCipher cipher, String id, Message message) {
    var fields =
        Json.object()
            .put("to", message.to().text())
            .put("subject", message.subject())
            .put("body", message.body());
    return cipher.seal(Json.write(fields).getBytes(UTF_8), COLUMN.cell(id));
  }

  static Message open(FieldCipher cipher, String id, byte[] sealed) {
    var fields = Json.read(new String(cipher.open(sealed, COLUMN.cell(id)), UTF_8));
    return new Message(
        EmailAddress.deliverable(fields.path("to").asText()),
        fields.path("subject").asText(),
        fields.path("body").asText());
  }
}
