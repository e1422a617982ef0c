/// Alerts: rules over counts of what happened, the alerts that they open and close, and what people
/// do about them. What an evaluation does is decided without the database, in
/// [Evaluation][dev.keyreeve.directdebit.watch.alert.Evaluation]; open
/// [Alerts][dev.keyreeve.directdebit.watch.alert.Alerts] first.
@NullMarked
package dev.keyreeve.directdebit.watch.alert;

import org.jspecify.annotations.NullMarked;
