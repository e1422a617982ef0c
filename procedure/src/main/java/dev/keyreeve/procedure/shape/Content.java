package dev.keyreeve.procedure.shape;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bytes of some kind, such as a picture or a statement. REST sends and receives them as they are;
/// JSON holds them as `{"mediaType":"image/png","base64":"...","fileName":"a.png"}`. As a component
/// it says in [Media] what it may be.
///
/// The array belongs to the content: nobody writes to it any more.
///
/// @param mediaType `type/subtype` in lower case, without parameters
/// @param fileName what the bytes are called where they are kept as a file, if that is known
@SuppressWarnings("ArrayRecordComponent") // see Reply: equality is defined below
public record Content(String mediaType, byte[] bytes, @Nullable String fileName) {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}");

  public Content {
    checkMediaType(mediaType);
    if (fileName != null && !isFileName(fileName)) {
      throw new IllegalArgumentException("This is no name of a file.");
    }
  }

  static void checkMediaType(String mediaType) {
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new IllegalArgumentException("not a media type in lower case: " + mediaType);
    }
  }

  /// A name leads to no other folder, and shows as what it is.
  static boolean isFileName(String name) {
    int length = name.codePointCount(0, name.length());
    return length >= 1
        && length <= Form.ContentForm.MAX_FILE_NAME_LENGTH
        && !name.equals(".")
        && !name.equals("..")
        && name.codePoints().allMatch(Content::isOfName);
  }

  private static boolean isOfName(int point) {
    return point != '/'
        && point != '\\'
        && switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Content(var otherType, var otherBytes, var otherName)
        && mediaType.equals(otherType)
        && Arrays.equals(bytes, otherBytes)
        && Objects.equals(fileName, otherName);
  }

  @Override
  public int hashCode() {
    return 31 * mediaType.hashCode() + Arrays.hashCode(bytes);
  }

  /// The kind and the length of the bytes, which may be anybody's papers.
  @Override
  public String toString() {
    return mediaType + " of " + bytes.length + " bytes";
  }
}
