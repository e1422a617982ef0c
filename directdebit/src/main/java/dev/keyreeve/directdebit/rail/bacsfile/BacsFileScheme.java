package dev.keyreeve.directdebit.rail.bacsfile;

import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.rail.scheme.Batch;
import dev.keyreeve.directdebit.rail.scheme.Scheme;
import dev.keyreeve.directdebit.rail.scheme.Sealing;

/// Bacs by files: a person or a bureau takes a sealed file away and uploads it, and brings the
/// reports.
public final class BacsFileScheme implements Scheme {
  private final BacsFiles files;

  public BacsFileScheme(BacsFiles files) {
    this.files = files;
  }

  @Override
  public SchemeKind kind() {
    return SchemeKind.BACS;
  }

  @Override
  public boolean needsFiles() {
    return true;
  }

  @Override
  public Sealing seal(Batch batch) {
    return files.seal(batch);
  }
}
