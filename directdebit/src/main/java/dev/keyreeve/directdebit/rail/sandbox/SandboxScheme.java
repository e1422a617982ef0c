package dev.keyreeve.directdebit.rail.sandbox;

import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.rail.bacsfile.BacsFiles;
import dev.keyreeve.directdebit.rail.scheme.Batch;
import dev.keyreeve.directdebit.rail.scheme.Scheme;
import dev.keyreeve.directdebit.rail.scheme.Sealed;
import dev.keyreeve.directdebit.rail.scheme.Sealing;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/// The sandbox: the same files as for Bacs, which its bank takes in the transaction that seals
/// them.
public final class SandboxScheme implements Scheme {
  private final BacsFiles files;
  private final SandboxBank bank;

  public SandboxScheme(BacsFiles files, SandboxBank bank) {
    this.files = files;
    this.bank = bank;
  }

  @Override
  public SchemeKind kind() {
    return SchemeKind.SANDBOX;
  }

  @Override
  public boolean needsFiles() {
    return true;
  }

  @Override
  public Sealing seal(Batch batch) {
    return files.seal(batch);
  }

  @Override
  public boolean handOver(Handle handle, ServiceUser user, String submission, Sealed sealed) {
    bank.take(handle, user, Objects.requireNonNull(sealed.file()).bytes());
    return true;
  }
}
