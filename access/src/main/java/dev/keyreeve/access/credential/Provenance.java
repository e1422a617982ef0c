package dev.keyreeve.access.credential;

/// Where a request with a cookie comes from, as far as its head tells. A browser sends cookies
/// along with requests that other sites make, so a cookie alone does not show that its owner wants
/// what is asked.
public sealed interface Provenance {
  /// It changes nothing (RFC 9110, section 9.2.1), and what it answers no other site can read.
  record Reading() implements Provenance {}

  /// The browser says that another site made it, or did not say which page of ours.
  record Foreign() implements Provenance {}

  /// It may be ours: it is if this is the session's cross-site token.
  record Claimed(Secret crossSiteToken) implements Provenance {}
}
