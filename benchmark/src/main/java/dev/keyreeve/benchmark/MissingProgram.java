package dev.keyreeve.benchmark;

/// A program that the measurement needs is not installed.
final class MissingProgram extends Exception {
  private static final long serialVersionUID = 1;

  MissingProgram(String program) {
    super(
        "There is no "
            + program
            + " here. On Debian or Ubuntu: apt-get install wrk nginx-light libnginx-mod-http-lua"
            + " lua-resty-core haproxy util-linux");
  }
}
