package dev.keyreeve.identity.person;

import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a new password must be like, as NIST SP 800-63B-4 (section 3.1.1.2) has it for a password
/// that opens an account alone: at least 15 characters, of any kind and in any mixture, and none
/// that attackers try first. It never grows old.
public final class PasswordRules {
  static final int MIN_LENGTH = 15;

  public static final Reason TOO_SHORT =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "password_too_short",
          "A password has at least 15 characters; a few words in a row make a good one.");
  public static final Reason TOO_COMMON =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "password_too_common",
          "This password is among the first that an attacker tries.");
  public static final Reason NAMES_ITSELF =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "password_names_itself",
          "A password does not hold the name in the e-mail address, nor that of this product.");

  private static final String PRODUCT = "keyreeve";

  /// A part of an address that is shorter stands in many words by chance.
  private static final int SHORTEST_NAME = 4;

  /// A shorter text, repeated, is found as fast as one alone.
  private static final int LONGEST_REPEATED = 8;

  /// Common passwords long enough to pass the first rule, in lower case and without spaces.
  private static final Set<String> COMMON =
      """
      passwordpassword password123password password1234567 password12345678 password123456789
      mypasswordispassword thisisapassword thisismypassword iloveyouiloveyou iloveyousomuch123
      letmeinletmein123 letmeinpleasenow welcomewelcome1 welcome123456789 administrator123
      administratoradministrator adminadminadmin changemechangeme changemeplease1
      qwertyuiopasdfgh qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm qwertyuiop1234567890
      qwertyqwerty1234 qwerty1234567890 qazwsxedcrfvtgb qazwsxedcrfvtgbyhn 1qaz2wsx3edc4rfv
      1qaz2wsx3edc4rfv5tgb 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o 1q2w3e4r5t6y7u8i9o0p
      q1w2e3r4t5y6u7i8 q1w2e3r4t5y6u7i8o9p0 zaq12wsxcde34rfv asdfghjklqwertyuiop zxcvbnmasdfghjkl
      123456789012345 1234567890123456 12345678901234567890 123456789123456 123456789123456789
      012345678901234 0123456789012345 98765432109876543210 987654321987654 123456789987654321
      abcdefghijklmno abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abcdefgh12345678 abc123abc123abc123
      a1b2c3d4e5f6g7h8 aabbccddeeffgghh correcthorsebatterystaple trustno1trustno1
      monkeymonkeymonkey dragondragondragon sunshinesunshine princessprincess footballfootball
      baseballbaseball supermansuperman mustangmustang1 starwarsstarwars liverpoolliverpool
      manchesterunited chelseachelsea1 arsenalarsenal1 whateverwhatever ihatepasswords1
      donottellanyone secretsecretsecret topsecretpassword opensesameopensesame
      thequickbrownfox thequickbrownfoxjumps thequickbrownfoxjumpsoverthelazydog
      onetwothreefourfive tobeornottobethatisthequestion loremipsumdolorsitamet
      maythefourthbewithyou maytheforcebewithyou happybirthdaytoyou
      """
          .lines()
          .flatMap(line -> Arrays.stream(line.strip().split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private PasswordRules() {}

  /// Whether this may become the password of the person with this address.
  public static Outcome<Password> judge(Password wanted, EmailAddress email) {
    var objection = objectionTo(wanted, email);
    return objection == null ? Outcome.done(wanted) : Outcome.refused(objection);
  }

  private static @Nullable Reason objectionTo(Password wanted, EmailAddress email) {
    var text = wanted.text();
    if (text.codePointCount(0, text.length()) < MIN_LENGTH) return TOO_SHORT;

    var compared = text.toLowerCase(Locale.ROOT).replace(" ", "");
    var name = email.localPart().toLowerCase(Locale.ROOT);
    if (compared.contains(PRODUCT) || (name.length() >= SHORTEST_NAME && compared.contains(name))) {
      return NAMES_ITSELF;
    }
    return COMMON.contains(compared) || repeatsItself(compared) ? TOO_COMMON : null;
  }

  private static boolean repeatsItself(String text) {
    for (int length = 1; length <= Math.min(LONGEST_REPEATED, text.length() / 2); length++) {
      if (text.regionMatches(0, text, length, text.length() - length)) return true;
    }
    return false;
  }
}
