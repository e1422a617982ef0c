package dev.keyreeve.directdebit.rail.sandbox;

import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.collector.serviceuser.SealedColumns;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.platform.cipher.FieldCipher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the sandbox's bank holds of each service user, and what it will report. The bank is outside
/// of every workspace, like any bank.
final class BankBooks {
  private final FieldCipher cipher;

  BankBooks(FieldCipher cipher) {
    this.cipher = cipher;
  }

  /// An instruction that the bank holds.
  ///
  /// @param debits how many it was asked for under it, presentations of the same one aside
  /// @param cancelled whether the payer or the bank has ended it
  record Held(String reference, BankDetails account, int debits, boolean cancelled) {
    Held asked() {
      return new Held(reference, account, debits + 1, cancelled);
    }

    Held cancelled(boolean ended) {
      return new Held(reference, account, debits, ended);
    }

    Held at(BankDetails other) {
      return new Held(reference, other, debits, cancelled);
    }
  }

  Map<String, Held> held(Handle handle, String serviceUser, Collection<String> references) {
    var held = new HashMap<String, Held>();
    handle
        .createQuery(
            """
            select reference, sealed_account, debits, cancelled from bank_instruction
            where service_user_id = :user and reference = any(:references)
            """)
        .bind("user", serviceUser)
        .bindArray("references", String.class, references)
        .map(
            (row, _) -> {
              var reference = row.getString("reference");
              held.put(
                  reference,
                  new Held(
                      reference,
                      open(serviceUser, reference, row.getBytes("sealed_account")),
                      row.getInt("debits"),
                      row.getBoolean("cancelled")));
              return reference;
            })
        .list();
    return held;
  }

  void put(Handle handle, String serviceUser, Collection<Held> all) {
    if (all.isEmpty()) return;

    var batch =
        handle.prepareBatch(
            """
            insert into bank_instruction (service_user_id, reference, sealed_account, debits,
                                          cancelled)
            values (:user, :reference, :account, :debits, :cancelled)
            on conflict (service_user_id, reference) do update
            set sealed_account = excluded.sealed_account, debits = excluded.debits,
                cancelled = excluded.cancelled
            """);
    for (var held : all) {
      batch
          .bind("user", serviceUser)
          .bind("reference", held.reference())
          .bind("account", seal(serviceUser, held))
          .bind("debits", held.debits())
          .bind("cancelled", held.cancelled())
          .add();
    }
    batch.execute();
  }

  /// @param kind of the report that will tell it
  record Planned(LocalDate dueOn, String kind, String what) {}

  void plan(Handle handle, String serviceUser, List<Planned> all) {
    if (all.isEmpty()) return;

    // A value is sealed for its row, so the row's id has to be known first.
    var ids =
        handle
            .createQuery(
                """
                select nextval(pg_get_serial_sequence('bank_report', 'id'))
                from generate_series(1, :count)
                """)
            .bind("count", all.size())
            .mapTo(Long.class)
            .list();
    var batch =
        handle.prepareBatch(
            """
            insert into bank_report (id, service_user_id, due_on, kind, sealed_what)
            overriding system value
            values (:id, :user, :dueOn, :kind, :what)
            """);
    for (int i = 0; i < all.size(); i++) {
      var planned = all.get(i);
      var cell = SealedColumns.BANK_REPORT.cell(ids.get(i).toString());
      batch
          .bind("id", ids.get(i))
          .bind("user", serviceUser)
          .bind("dueOn", planned.dueOn())
          .bind("kind", planned.kind())
          .bind("what", cipher.seal(planned.what().getBytes(StandardCharsets.UTF_8), cell))
          .add();
    }
    batch.execute();
  }

  /// What is due, in the order in which it was planned; it counts as told from here on.
  List<Planned> tell(
      Handle handle, String serviceUser, LocalDate today, List<String> kinds, Instant now) {
    return handle
        .createQuery(
            """
            with told as (
              update bank_report set told_at = :now
              where service_user_id = :user and due_on <= :today and told_at is null
                and kind = any(:kinds)
              returning id, due_on, kind, sealed_what)
            select id, due_on, kind, sealed_what from told order by id
            """)
        .bind("user", serviceUser)
        .bind("today", today)
        .bindArray("kinds", String.class, kinds)
        .bind("now", now)
        .map(
            (row, _) ->
                new Planned(
                    row.getObject("due_on", LocalDate.class),
                    row.getString("kind"),
                    new String(
                        cipher.open(
                            row.getBytes("sealed_what"),
                            SealedColumns.BANK_REPORT.cell(row.getString("id"))),
                        StandardCharsets.UTF_8)))
        .list();
  }

  static Optional<Volume> volume(Handle handle, String serviceUser) {
    return handle
        .createQuery(
            """
            select volume_seed, failure_rate, claim_rate from service_user
            where id = :user and volume_seed is not null
            """)
        .bind("user", serviceUser)
        .map(
            (row, _) ->
                new Volume(
                    row.getLong("volume_seed"),
                    row.getInt("failure_rate"),
                    row.getInt("claim_rate")))
        .findOne();
  }

  /// @param volume null to have accounts do what their sort codes say again
  static void put(Handle handle, String serviceUser, @Nullable Volume volume) {
    if (volume == null) {
      ServiceUsers.put(handle, serviceUser, null, 0, 0);
    } else {
      ServiceUsers.put(
          handle, serviceUser, volume.seed(), volume.failureRate(), volume.claimRate());
    }
  }

  private byte[] seal(String serviceUser, Held held) {
    var account = held.account();
    var text =
        account.sortCode().digits()
            + account.accountNumber().reveal()
            + account.accountHolderName();
    return cipher.seal(
        text.getBytes(StandardCharsets.UTF_8),
        SealedColumns.BANK_INSTRUCTION.cell(serviceUser, held.reference()));
  }

  private BankDetails open(String serviceUser, String reference, byte[] sealed) {
    var text =
        new String(
            cipher.open(sealed, SealedColumns.BANK_INSTRUCTION.cell(serviceUser, reference)),
            StandardCharsets.UTF_8);
    return new BankDetails(
        new SortCode(text.substring(0, 6)),
        AccountNumber.ofDigits(text.substring(6, 14)),
        text.substring(14));
  }
}
