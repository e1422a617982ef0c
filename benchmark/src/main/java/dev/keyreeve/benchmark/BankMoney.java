package dev.keyreeve.benchmark;

import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.bankreport.Addacs;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd;
import dev.keyreeve.directdebit.bacs.bankreport.Auddis;
import dev.keyreeve.directdebit.bacs.bankreport.Ddica;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport;
import dev.keyreeve.directdebit.bacs.bankreport.Report;
import dev.keyreeve.directdebit.bacs.bankreport.ReportReader;
import dev.keyreeve.directdebit.bacs.standard18.Standard18File;
import dev.keyreeve.directdebit.bacs.standard18.Standard18Reader;
import dev.keyreeve.directdebit.collector.serviceuser.SealedColumns;
import dev.keyreeve.platform.cipher.FieldCipher;
import org.jdbi.v3.core.Handle;

/// What the bank has of payers by the bytes that went to it and came from it, in pence: nothing of
/// it is read from the books that it is to be compared with.
///
/// @param presented by all files
/// @param rejected by input reports, without asking the payer
/// @param returned unpaid
/// @param claimed back, without claims that were withdrawn
record BankMoney(long presented, long rejected, long returned, long claimed) {
  static final BankMoney NONE = new BankMoney(0, 0, 0, 0);

  /// Reads all files and reports that there are.
  static BankMoney of(Handle handle, FieldCipher cipher) {
    var files =
        handle
            .createQuery("select id, sealed_file as bytes from submission")
            .map(
                (row, _) ->
                    presented(
                        cipher.open(
                            row.getBytes("bytes"),
                            SealedColumns.SUBMISSION.cell(row.getString("id")))))
            .stream()
            .reduce(NONE, BankMoney::plus);
    return handle
        .createQuery("select id, sealed_file as bytes from report_file where status = 'applied'")
        .map(
            (row, _) ->
                reported(
                    cipher.open(
                        row.getBytes("bytes"), SealedColumns.REPORT.cell(row.getString("id")))))
        .stream()
        .reduce(files, BankMoney::plus);
  }

  /// What is left with the collector, or on its way there.
  long kept() {
    return presented - rejected - returned - claimed;
  }

  private static BankMoney presented(byte[] bytes) {
    return switch (Standard18Reader.read(bytes)) {
      case Reading.Read<Standard18File>(var file) -> new BankMoney(file.total().amount(), 0, 0, 0);
      case Reading.Refused<Standard18File>(var faults) ->
          throw new IllegalStateException("" + faults);
    };
  }

  private static BankMoney reported(byte[] bytes) {
    return switch (ReportReader.read(bytes)) {
      case Reading.Read<Report>(var report) -> of(report);
      case Reading.Refused<Report>(var faults) -> throw new IllegalStateException("" + faults);
    };
  }

  private static BankMoney of(Report report) {
    return switch (report) {
      case Arudd arudd ->
          new BankMoney(
              0, 0, arudd.accounts().stream().mapToLong(each -> each.total().amount()).sum(), 0);
      case Ddica ddica ->
          new BankMoney(
              0,
              0,
              0,
              ddica.raised().stream().mapToLong(each -> each.total().amount()).sum()
                  - ddica.withdrawn().stream().mapToLong(each -> each.total().amount()).sum());
      case InputReport input ->
          new BankMoney(
              0,
              input.files().stream()
                  .mapToLong(file -> file.debits().rejectedValue().amount())
                  .sum(),
              0,
              0);
      case Auddis _, Addacs _ -> NONE;
    };
  }

  private BankMoney plus(BankMoney other) {
    return new BankMoney(
        presented + other.presented,
        rejected + other.rejected,
        returned + other.returned,
        claimed + other.claimed);
  }
}
