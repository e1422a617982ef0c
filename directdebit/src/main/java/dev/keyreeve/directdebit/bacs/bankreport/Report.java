package dev.keyreeve.directdebit.bacs.bankreport;

import java.util.List;

/// One report, as the bank has written it: [ReportReader] reads it and [ReportWriter] writes it.
/// Codes and references are kept in the bank's words, known or not; [#advices] tells what they
/// mean.
public sealed interface Report permits Arudd, Auddis, Addacs, Ddica, InputReport {

  /// What the report says of instructions and debits, in its order. Reading the same report again,
  /// or another delivery of it, gives the same keys.
  List<Advice> advices();
}
