package dev.keyreeve.directdebit.bacs.bankreport;

import static dev.keyreeve.directdebit.bacs.bankreport.RecordType.CANCELLATION_RETURNED;
import static dev.keyreeve.directdebit.bacs.bankreport.RecordType.CONVERSION_RETURNED;
import static dev.keyreeve.directdebit.bacs.bankreport.RecordType.NEW_RETURNED;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reports that a bank could send, of every kind, with words that only just fit into XML.
final class RandomReports {

  private static final List<String> WORDS =
      List.of(
          "ADA",
          "O'NEILL",
          "A & B",
          "<b>",
          "\"quoted\"",
          "Zoë",
          "½",
          "李",
          "😀",
          "]]>",
          "&amp;",
          "  ",
          "-",
          "1,000.00",
          "REFER TO PAYER");

  private final RandomGenerator random;

  RandomReports(RandomGenerator random) {
    this.random = random;
  }

  Report next() {
    return switch (random.nextInt(5)) {
      case 0 -> new Arudd(user(), words(), date(), some(this::accountReturns));
      case 1 ->
          new Auddis(
              user(),
              maybe(this::date),
              atLeastOne(this::file),
              some(this::returned),
              some(this::words),
              some(this::unknown));
      case 2 ->
          new Addacs(user(), maybe(this::date), atLeastOne(this::amended), some(this::unknown));
      case 3 -> {
        var raised = some(this::claim);
        yield new Ddica(user(), raised.isEmpty() ? null : date(), raised, some(this::claim));
      }
      default -> new InputReport(date(), serial(), atLeastOne(this::userFile));
    };
  }

  private Arudd.AccountReturns accountReturns() {
    return new Arudd.AccountReturns(sortCode(), number(), some(this::returnedDebit));
  }

  private Arudd.ReturnedDebit returnedDebit() {
    return new Arudd.ReturnedDebit(
        words(), code(), words(), words(), date(), amount(), maybe(this::payer));
  }

  private Auddis.FileAdvice file() {
    return new Auddis.FileAdvice(user(), serial(), count(), random.nextBoolean(), count(), count());
  }

  private Auddis.ReturnedInstruction returned() {
    return new Auddis.ReturnedInstruction(
        user(),
        List.of(NEW_RETURNED, CANCELLATION_RETURNED, CONVERSION_RETURNED).get(random.nextInt(3)),
        words(),
        maybe(this::code),
        words(),
        date(),
        maybe(this::payer),
        newPayer());
  }

  private UnknownAdvice unknown() {
    return new UnknownAdvice("?" + words(), words(), words(), words());
  }

  private Addacs.AmendedInstruction amended() {
    return new Addacs.AmendedInstruction(
        user(), words(), words(), date(), maybe(this::payer), newPayer());
  }

  private NewPayer newPayer() {
    var told = NewPayer.of(sortCode(), number());
    return new NewPayer(maybe(told::sortCode), maybe(told::accountNumber));
  }

  private Ddica.Claim claim() {
    return new Ddica.Claim(
        count(),
        words(),
        words(),
        words(),
        words(),
        maybe(this::payer),
        atLeastOne(() -> new Ddica.ClaimedDebit(date(), amount())));
  }

  private InputReport.UserFile userFile() {
    return new InputReport.UserFile(user(), count(), tally(), tally(), some(this::error));
  }

  private InputReport.Tally tally() {
    return new InputReport.Tally(count(), amount(), count(), amount());
  }

  private InputReport.RecordError error() {
    return new InputReport.RecordError(
        one(List.of(InputReport.Outcome.values())),
        words(),
        maybe(this::code),
        amount(),
        maybe(this::payer),
        words());
  }

  private PayerAccount payer() {
    return new PayerAccount(sortCode(), number(), maybe(this::name));
  }

  private String name() {
    return "N" + words();
  }

  private String words() {
    var words = new StringBuilder();
    for (var count = random.nextInt(4); count > 0; count--) {
      words.append(one(WORDS)).append(' ');
    }
    return words.toString().strip();
  }

  private ServiceUserNumber user() {
    return new ServiceUserNumber(digits(6));
  }

  private VolumeSerial serial() {
    return new VolumeSerial(digits(6));
  }

  private SortCode sortCode() {
    return new SortCode(digits(6));
  }

  private AccountNumber number() {
    return AccountNumber.ofDigits(digits(8));
  }

  private String digits(int count) {
    var digits = new StringBuilder();
    while (digits.length() < count) digits.append(random.nextInt(10));
    return digits.toString();
  }

  private TransactionCode code() {
    return one(List.of(TransactionCode.values()));
  }

  private LocalDate date() {
    return LocalDate.of(2020, 1, 1).plusDays(random.nextInt(29_000));
  }

  private Pence amount() {
    return new Pence(random.nextLong(100_000_000_000L));
  }

  private int count() {
    return random.nextInt(1000);
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private <T> @Nullable T maybe(Supplier<? extends @Nullable T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  private <T> List<T> some(Supplier<T> value) {
    return Stream.generate(value).limit(random.nextInt(4)).toList();
  }

  private <T> List<T> atLeastOne(Supplier<T> value) {
    return Stream.generate(value).limit(random.nextInt(1, 4)).toList();
  }
}
