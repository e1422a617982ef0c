package dev.keyreeve.directdebit.mandate.instruction;

import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Queued;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Submitted;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way of instructions to payers' banks: the one place where one is queued and moves on. What
/// is no longer where a move begins stays as it is. Whoever moves one holds the lock of its
/// mandate.
public final class Instructions {
  private final RandomGenerator random;

  public Instructions(RandomGenerator random) {
    this.random = random;
  }

  /// Has the next run submit an instruction for the account that the mandate has now.
  public void queue(Tx tx, String mandateId, InstructionKind kind) {
    InstructionRows.insert(tx, Ulid.generate("ins_", tx.now(), random), mandateId, kind);
  }

  /// Whether one of a kind has been submitted, and its bank may still return it.
  public static boolean isUnderWay(Tx tx, String mandateId, InstructionKind kind) {
    return InstructionRows.isUnderWay(tx, mandateId, kind);
  }

  /// Takes back what no run has submitted yet.
  ///
  /// @return whether there was anything
  public static boolean drop(Tx tx, String mandateId, InstructionKind kind) {
    return move(tx, InstructionRows.queued(tx, mandateId, kind), Queued::drop);
  }

  /// Locks, in their order, the mandates of which something is queued, and lists it: withdrawals
  /// before what is lodged anew under the same reference.
  public static List<DueInstruction> due(Tx tx) {
    return InstructionRows.due(tx);
  }

  /// Keeps that what [#due] has named in this transaction goes out with a submission.
  public static void submit(Tx tx, String submission, Cycle cycle, List<DueInstruction> due) {
    InstructionRows.put(
        tx,
        due.stream()
            .collect(
                Collectors.toMap(
                    DueInstruction::id,
                    each -> new Queued().submit(submission, cycle, each.providerRef()))));
  }

  /// Ends what [#due] has named in this transaction and no submission can carry.
  ///
  /// @param reason what the payer's bank would say of it
  public static void refuse(Tx tx, DueInstruction due, Cycle cycle, SchemeReason reason) {
    InstructionRows.put(tx, Map.of(due.id(), new Queued().refuse(cycle.inputDay(), reason)));
  }

  /// A submission has been taken back before any bank has seen it: what it carried waits for the
  /// next run. Locks the mandates of that, in their order.
  public static void takeBack(Tx tx, String submission) {
    move(tx, InstructionRows.submittedWith(tx, submission), Submitted::takeBack);
  }

  /// Banks hold what these lodge, or know of what these withdraw.
  public static void accept(Tx tx, List<String> ids) {
    move(tx, InstructionRows.submitted(tx, ids), Submitted::accept);
  }

  /// A provider has not taken one, for no reason that a bank gives.
  public static void giveBack(Tx tx, String id) {
    move(tx, InstructionRows.submitted(tx, List.of(id)), each -> each.comeBack(null));
  }

  /// The payer's bank has returned whatever was to lodge a mandate.
  public static void comeBack(Tx tx, String mandateId, SchemeReason reason) {
    move(tx, InstructionRows.lodging(tx, mandateId), each -> each.comeBack(reason));
  }

  /// The payer's bank holds what lodges a mandate.
  ///
  /// @param providerRef by which the provider knows what it has lodged
  public static void accept(Tx tx, String mandateId, String providerRef) {
    move(tx, named(tx, mandateId, providerRef), Submitted::accept);
  }

  /// It came back from the payer's bank, or was ended with the provider.
  ///
  /// @param providerRef by which the provider knows what it was to lodge
  /// @param reason null where no bank gives one
  public static void comeBack(
      Tx tx, String mandateId, String providerRef, @Nullable SchemeReason reason) {
    move(tx, named(tx, mandateId, providerRef), each -> each.comeBack(reason));
  }

  private static Map<String, Submitted> named(Tx tx, String mandateId, String providerRef) {
    return InstructionRows.lodging(tx, mandateId).entrySet().stream()
        .filter(each -> providerRef.equals(each.getValue().providerRef()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// A provider has named the mandate that one lodges.
  public static void name(Tx tx, String id, String providerRef) {
    move(tx, InstructionRows.submitted(tx, List.of(id)), each -> each.named(providerRef));
  }

  /// Whether a mandate was lodged again after this one.
  public static boolean isFollowed(Tx tx, String mandateId, String id) {
    return InstructionRows.isFollowed(tx, mandateId, id);
  }

  private static <S extends InstructionState> boolean move(
      Tx tx, Map<String, S> found, Function<S, InstructionState> move) {
    InstructionRows.put(
        tx,
        found.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> move.apply(each.getValue()))));
    return !found.isEmpty();
  }
}
