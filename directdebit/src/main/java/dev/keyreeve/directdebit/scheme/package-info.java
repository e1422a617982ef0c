/// What a payment scheme tells of an instruction and its debits, in words that fit every scheme.
/// Whoever speaks to a bank or a provider turns its reports into these events; nothing else moves a
/// lodged mandate. Open [SchemeEvent][dev.keyreeve.directdebit.scheme.SchemeEvent] first.
@NullMarked
package dev.keyreeve.directdebit.scheme;

import org.jspecify.annotations.NullMarked;
