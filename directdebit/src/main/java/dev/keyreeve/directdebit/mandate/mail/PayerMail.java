package dev.keyreeve.directdebit.mandate.mail;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.mandate.invite.Guarantee;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox.Parties;
import dev.keyreeve.platform.mail.Message;
import dev.keyreeve.procedure.shape.OneTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/// The words of each mail to a payer: plain text, in British English.
///
/// Names come from callers. They are made into one short line in which no reader's mail program
/// finds a link, so that the only link in a mail is ours.
public final class PayerMail {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
  private static final int LONGEST_NAME = 80;
  private static final int WIDTH = 72;

  private PayerMail() {}

  /// Asks a payer to set up a Direct Debit.
  ///
  /// @param reference of the mandate
  /// @param link opens the invite
  public static Message inviteMail(
      Parties parties, String reference, OneTime link, Instant expiresAt) {
    var name = line(parties.collector());
    return new Message(
        parties.to(),
        "Set up your Direct Debit to " + name,
        paragraphs(
            "Dear " + line(parties.payer()) + ",",
            name
                + " asks you to set up a Direct Debit. Your reference is "
                + reference
                + ". Open this link to give your bank details and to confirm:",
            link.reveal(),
            "The link is for you alone. It works once, until "
                + DATE.format(London.dateOf(expiresAt.minusMillis(1)))
                + ".",
            "If you did not expect this, do nothing: nothing is collected unless you confirm."
                + " If in doubt, ask "
                + name
                + " by a way that you already know.",
            name));
  }

  /// Confirms that a Direct Debit is set up.
  ///
  /// @param noticeDays working days between a notice and its debit
  public static Message confirmation(Parties parties, String reference, int noticeDays) {
    var name = line(parties.collector());
    return new Message(
        parties.to(),
        "Your Direct Debit to " + name + " is set up",
        paragraphs(
            "Dear " + line(parties.payer()) + ",",
            "You have set up a Direct Debit to "
                + name
                + ". Your reference is "
                + reference
                + ", and it will stand on your bank statement.",
            "We will tell you in advance of each amount and its date, as agreed. If anything here is"
                + " wrong, tell "
                + name
                + " at once.",
            guarantee(name, noticeDays),
            name));
  }

  /// Tells of a collection in advance.
  ///
  /// @param entryDate when the payer's account is debited
  /// @param noticeDays working days between a notice and its debit
  public static Message advanceNotice(
      Parties parties, String reference, Pence amount, LocalDate entryDate, int noticeDays) {
    var name = line(parties.collector());
    return new Message(
        parties.to(),
        "Your Direct Debit to " + name + " on " + DATE.format(entryDate),
        paragraphs(
            "Dear " + line(parties.payer()) + ",",
            name
                + " will collect "
                + pounds(amount)
                + " from your account by Direct Debit on or just after "
                + DATE.format(entryDate)
                + ". Your reference is "
                + reference
                + ".",
            "If the amount or the date is not what you agreed to, tell " + name + " before then.",
            guarantee(name, noticeDays),
            name));
  }

  private static String guarantee(String collector, int noticeDays) {
    return Guarantee.of(collector, noticeDays).paragraphs().stream()
        .map(PayerMail::wrap)
        .collect(Collectors.joining("\n\n", "The Direct Debit Guarantee\n\n", ""));
  }

  private static String pounds(Pence amount) {
    return "£%,d.%02d".formatted(amount.amount() / 100, amount.amount() % 100);
  }

  /// A name on one line of at most 80 characters. What would make a mail program see a link or an
  /// address in it is a space, and a dot within it is followed by one.
  static String line(String name) {
    var words =
        name.replaceAll("[\\p{C}\\p{Z}\\s/\\\\:@#<>\\[\\]()|?=&%]+", " ")
            .replaceAll("[.。．｡](?=\\S)", ". ")
            .strip();
    if (words.isEmpty()) return "customer";
    int end =
        words.offsetByCodePoints(
            0, Math.min(LONGEST_NAME, words.codePointCount(0, words.length())));
    return words.substring(0, end).strip();
  }

  private static String paragraphs(String... paragraphs) {
    var text = new StringBuilder();
    for (var paragraph : paragraphs) {
      if (!text.isEmpty()) text.append("\n\n");
      text.append(paragraph.contains("\n") ? paragraph : wrap(paragraph));
    }
    return text.append('\n').toString();
  }

  /// Breaks a paragraph at spaces. A longer word, as a link is, stands whole on a line.
  private static String wrap(String paragraph) {
    var text = new StringBuilder();
    int column = 0;
    for (var word : paragraph.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    return text.toString();
  }
}
