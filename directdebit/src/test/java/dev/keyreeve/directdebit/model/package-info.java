/// What the rules of direct debit allow, said a second time: small tables and counts that share
/// nothing with the service, against which random walks check it. Open [MandateModel] first, then
/// [CollectionModel]; [WorkspaceModel] holds them together.
@NullMarked
package dev.keyreeve.directdebit.model;

import org.jspecify.annotations.NullMarked;
