/// What a payment scheme tells of an instruction and its debits, in words that fit every scheme.
/// Whoever speaks to a bank or a provider turns its reports into these events; nothing else moves a
/// lodged mandate. Open [SchemeEvent][dev.keyreeve.directdebit.bacs.scheme.SchemeEvent] first.
@NullMarked
package dev.keyreeve.directdebit.rail.scheme;

import org.jspecify.annotations.NullMarked;
