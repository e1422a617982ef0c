package dev.keyreeve.directdebit.bacs.standard18;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Files that Bacs could be sent, of every kind.
final class RandomFiles {

  private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.&/-    ";

  private final RandomGenerator random;

  RandomFiles(RandomGenerator random) {
    this.random = random;
  }

  Standard18File next() {
    var layout = one(List.of(Layout.values()));
    var created = LocalDate.of(2000, 1, 1).plusDays(random.nextInt(36_000));
    var firstDay = created.plusDays(random.nextInt(10));
    var collectors = List.of(account(), account());
    return new Standard18File(
        VolumeSerial.of(created, random.nextInt(1, 1000)),
        new ServiceUserNumber(digits(6)),
        random.nextInt(1, 1000),
        layout,
        created,
        created.plusDays(random.nextInt(40, 90)),
        Stream.generate(
                () ->
                    record(
                        one(collectors),
                        layout == Layout.SINGLE_DAY
                            ? firstDay
                            : firstDay.plusDays(random.nextInt(30))))
            .limit(random.nextInt(1, 12))
            .toList());
  }

  private DataRecord record(BacsAccount collector, LocalDate day) {
    var code = one(List.of(TransactionCode.values()));
    var amount =
        code.isDebit()
            ? new Pence(random.nextLong(1, random.nextBoolean() ? 100_000 : 9_000_000_000L))
            : Pence.ZERO;
    return new DataRecord(code, account(), collector, amount, MandateReference.random(random), day);
  }

  private BacsAccount account() {
    return new BacsAccount(
        new SortCode(digits(6)), AccountNumber.ofDigits(digits(8)), new AccountName(name()));
  }

  private String name() {
    var name = new StringBuilder("N");
    for (var length = random.nextInt(18); length > 0; length--) {
      name.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return name.toString().strip();
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private String digits(int count) {
    var digits = new StringBuilder();
    while (digits.length() < count) digits.append(random.nextInt(10));
    return digits.toString();
  }
}
